import { counted } from '../../sim/counted.ts';
import { Refusal } from '../../sim/refusal.ts';
import { type Cut, type Interpolated, type RecordingEdits, recordingEditsSchema } from '../recording/edits.ts';
import type { Recording } from '../recording/recording.ts';
import type { FileStorage } from '../storage/storage.ts';
import { COLUMNS_FILE, writeColumnsFile } from './columns/columns-file.ts';
import type { ColumnReadings } from './columns/readings.ts';
import { decodeText, parseJson } from './json.ts';

/** Holds a person's edits, in the recording's folder, whatever its format. */
export const EDITS_FILE = 'edits.json';

/**
 * A person's edits of the recording in a folder; none where there is no such file.
 * @throws Refusal `bad-recording` naming the field
 */
export async function readEdits(storage: FileStorage): Promise<RecordingEdits> {
  if (!(await storage.exists(EDITS_FILE))) return { cuts: [] };
  return parseJson(decodeText(await storage.read(EDITS_FILE)), recordingEditsSchema, `${storage.name}/${EDITS_FILE}`);
}

/** Keeps edits and readings of columns in a recording's folder, and removes files in which nothing is left. */
export async function keepEdits(storage: FileStorage, edits: RecordingEdits, columns: ColumnReadings): Promise<void> {
  if (Object.keys(columns).length > 0) await writeColumnsFile(storage, columns);
  else await storage.remove(COLUMNS_FILE);
  const { name, cuts, interpolated = [] } = edits;
  if (name === undefined && cuts.length === 0 && interpolated.length === 0) await storage.remove(EDITS_FILE);
  else await storage.write(EDITS_FILE, `${JSON.stringify(edits, null, 2)}\n`);
}

/**
 * @param where begins the place in the refusal
 * @throws Refusal naming the first cut that reaches beyond the samples
 */
export function refuseCutsBeyond(cuts: readonly Cut[], samples: number, where: string, code = 'bad-recording'): void {
  const beyond = cuts.findIndex(({ end }) => end > samples);
  if (beyond < 0) return;
  const mend = 'cut within it';
  throw new Refusal(code, `${where}cuts.${beyond}.end`, `the recording has ${counted(samples, 'sample')}`, mend);
}

/**
 * @param where begins the place in the refusal
 * @throws Refusal naming the first stretch of a column that is not there, or has no sample on one of its sides
 */
export function refuseWrongInterpolation(
  interpolated: readonly Interpolated[],
  { columns, length }: Pick<Recording, 'columns' | 'length'>,
  where: string,
  code = 'bad-recording',
): void {
  for (const [i, { column, end }] of interpolated.entries()) {
    const field = `${where}interpolated.${i}`;
    if (columns[column] === undefined) {
      const there = Object.keys(columns).filter((name) => name !== 'time' && !name.startsWith('source.'));
      const what = `there is no column ${JSON.stringify(column)}`;
      throw new Refusal(code, `${field}.column`, what, `name one of ${there.join(', ') || 'none'}`);
    }
    if (end >= length) {
      const what = `the recording has ${length} samples, and one must follow what is interpolated`;
      throw new Refusal(code, `${field}.end`, what, 'interpolate within it');
    }
  }
}
