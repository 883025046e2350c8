import { parse } from 'npyjs';
import { damageInWords } from '../../../sim/damage.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';

/** A NumPy array as numbers, row by row. */
export interface NumberArray {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** Reads a `.npy` file, whatever its name. @throws Refusal `missing-file`, `bad-recording` */
export async function readNpy(storage: FileStorage, path: string): Promise<NumberArray> {
  const where = `${storage.name}/${path}`;
  const refuse = (what: string): Refusal => new Refusal('bad-recording', where, what, 'restore the file');
  const bytes = await storage.read(path);
  let array: ReturnType<typeof parse>;
  try {
    array = parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  } catch (error) {
    throw refuse(`no NumPy array: ${damageInWords(error)}`);
  }
  const { data, shape, fortranOrder } = array;
  const count = shape.reduce((product, size) => product * size, 1);
  if (data instanceof DataView || !(Symbol.iterator in data)) throw refuse('the array holds no numbers');
  const numbers = Float64Array.from(data as unknown as Iterable<number | bigint>, Number);
  if (numbers.length !== count || !Number.isSafeInteger(count)) {
    throw refuse(`${numbers.length} values for the shape (${shape.join(', ')})`);
  }
  if (fortranOrder && shape.length > 1) throw refuse('the array is stored by columns');
  return { data: numbers, shape };
}
