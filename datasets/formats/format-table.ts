import type { RecordingFormat } from './format.ts';

const HEAD = ['name', 'known by', 'steering as stored → factor to rad', 'other fields', 'times', 'cameras'];

/** The table of docs/formats.md: one line a format. */
export function formatTable(formats: readonly RecordingFormat[]): string {
  const rows = formats.map(({ name, docs: { knownBy, steering, others, times, cameras } }) => [
    `\`${name}\``,
    ...[knownBy, steering, others, times, cameras],
  ]);
  return [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
