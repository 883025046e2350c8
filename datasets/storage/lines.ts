import { Refusal } from '../../sim/refusal.ts';
import type { FileStorage } from './storage.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** A line longer than this is no line of ours; without a bound a file without line ends would fill the memory. */
const MAX_LINE_BYTES = 1024 * 1024;
const NEWLINE = 10;

export interface Line {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
  /** Offset of the byte after the line end. */
  readonly end: number;
}

/**
 * The lines of a file in batches, read a few megabytes at a time. What follows the last line end is no line: it is what
 * a crash left, and is not given out.
 */
export async function* completeLines(storage: FileStorage, path: string): AsyncGenerator<Line[]> {
  const size = await storage.size(path);
  const decoder = new TextDecoder();
  let offset = 0;
  let rest = new Uint8Array();
  let number = 0;
  while (offset < size) {
    const chunk = await storage.readRange(path, offset, CHUNK_BYTES);
    if (chunk.length === 0) return;
    const base = offset - rest.length;
    offset += chunk.length;
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    const lines: Line[] = [];
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      lines.push({ text: decoder.decode(bytes.subarray(start, end)), number: ++number, end: base + end + 1 });
      start = end + 1;
    }
    rest = bytes.slice(start);
    if (lines.length > 0) yield lines;
    if (rest.length > MAX_LINE_BYTES) {
      const where = `${storage.name}/${path}:${number + 1}`;
      throw new Refusal('bad-recording', where, 'the line has no end', 'mend or delete this line');
    }
  }
}
