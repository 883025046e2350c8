import { decodeText } from '../../../sim/decode-text.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { parseJson } from '../json.ts';
import { type ColumnReadings, columnReadingsSchema } from './readings.ts';

/** Says how the columns of the recording beside it are to be read, whatever its format. */
export const COLUMNS_FILE = 'columns.json';

/**
 * What a person said beside a recording of how its columns are to be read; nothing where there is no such file.
 * @throws Refusal `bad-recording` naming the field
 */
export async function readColumnsFile(storage: FileStorage): Promise<ColumnReadings> {
  if (!(await storage.exists(COLUMNS_FILE))) return {};
  const text = decodeText(await storage.read(COLUMNS_FILE));
  return parseJson(text, columnReadingsSchema, `${storage.name}/${COLUMNS_FILE}`);
}

export async function writeColumnsFile(storage: FileStorage, readings: ColumnReadings): Promise<void> {
  await storage.write(COLUMNS_FILE, `${JSON.stringify(readings, null, 2)}\n`);
}
