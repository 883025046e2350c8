import { readFile } from 'node:fs/promises';
import { type AngleColumn, readAngleTable } from '../../../models/open-loop/files/angle-table.ts';
import type { Side } from '../../../models/open-loop/files/column-names.ts';
import { decodeText } from '../../../sim/decode-text.ts';
import { Refusal } from '../../../sim/refusal.ts';

/**
 * Reads a column of angles from a table on the disk.
 * @param side whose angles are sought
 * @param wanted header of the column or its number from 1; without it the column is found by what the names say
 * @throws Refusal when the file or the column is missing or not clear
 */
export async function readAngles(path: string, side: Side, wanted?: string): Promise<AngleColumn> {
  return readAngleTable(decodeText(await read(path)), path, side, wanted);
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const what = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new Refusal('unreadable-file', path, what, 'name a table with a row a frame');
  }
}
