import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { Refusal } from '../../sim/refusal.ts';

/** Magic, and the length of the header as a decimal number, end with a line break. */
const MAX_FIRST_LINE = 64;

/** What stands in every header, whatever else does. */
const listSchema = z.looseObject({
  version: z.int(),
  arrays: z.array(z.strictObject({ group: z.string(), name: z.string(), length: z.int().min(0) })),
  sha256: z.string(),
});

/** Numbers with a name; groups keep names of different kinds apart. */
export interface NamedArray {
  readonly group: string;
  readonly name: string;
  readonly values: Float32Array;
}

/** What a kind of file begins with, which version this program writes and reads, and what to do about a damaged one. */
export interface ArraysFormat {
  readonly kind: string;
  readonly magic: string;
  readonly version: number;
  readonly mend: string;
}

/** A document and its arrays in one file: a line, a JSON header, then 32-bit little-endian floats. */
export function encodeArrays(format: ArraysFormat, document: object, arrays: readonly NamedArray[]): Uint8Array {
  const numbers = new Uint8Array(arrays.reduce((sum, { values }) => sum + 4 * values.length, 0));
  const view = new DataView(numbers.buffer);
  let at = 0;
  for (const { values } of arrays) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  const header = new TextEncoder().encode(
    JSON.stringify({
      version: format.version,
      ...document,
      arrays: arrays.map(({ group, name, values }) => ({ group, name, length: values.length })),
      sha256: bytesToHex(sha256(numbers)),
    }),
  );
  const line = new TextEncoder().encode(`${format.magic} ${header.length}\n`);
  const file = new Uint8Array(line.length + header.length + numbers.length);
  file.set(line);
  file.set(header, line.length);
  file.set(numbers, line.length + header.length);
  return file;
}

/**
 * @param schema of the document
 * @param where the file, for messages
 * @throws Refusal when the file is damaged or of another version
 */
export function decodeArrays<T>(
  format: ArraysFormat,
  schema: z.ZodType<T>,
  file: Uint8Array,
  where: string,
): { document: T; arrays: NamedArray[] } {
  const refuse = (what: string) => new Refusal(`damaged-${format.kind}`, where, what, format.mend);
  const lineEnd = file.subarray(0, MAX_FIRST_LINE).indexOf(10);
  const line = new TextDecoder().decode(file.subarray(0, Math.max(0, lineEnd)));
  const length = line.startsWith(`${format.magic} `) ? Number(line.slice(format.magic.length + 1)) : Number.NaN;
  if (!Number.isInteger(length) || length < 0) throw refuse(`this is no ${format.kind}`);
  const begin = lineEnd + 1 + length;
  const json = parsed(file.subarray(lineEnd + 1, begin));
  const version = (json as { version?: unknown } | undefined)?.version;
  if (typeof version === 'number' && version !== format.version) {
    throw refuse(`it is of version ${version}, this program reads version ${format.version}`);
  }
  const list = listSchema.safeParse(json);
  if (!list.success) throw refuse(`its header is damaged (${list.error.issues[0]!.path.join('.')})`);
  const { version: _, arrays, sha256: hash, ...rest } = list.data;
  const document = schema.safeParse(rest);
  if (!document.success) throw refuse(`its header is damaged (${document.error.issues[0]!.path.join('.')})`);
  const numbers = file.subarray(begin);
  const expected = arrays.reduce((sum, array) => sum + 4 * array.length, 0);
  if (numbers.length !== expected) throw refuse(`${numbers.length} bytes of numbers, ${expected} belong there`);
  if (bytesToHex(sha256(numbers)) !== hash) throw refuse('its SHA-256 is not the one in its header');
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  let at = 0;
  const found = arrays.map(({ group, name, length: count }) => {
    const start = at;
    at += 4 * count;
    return {
      group,
      name,
      values: Float32Array.from({ length: count }, (_, i) => view.getFloat32(start + 4 * i, true)),
    };
  });
  return { document: document.data, arrays: found };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
