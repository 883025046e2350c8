import { decodeText } from '../json.ts';
import type { ReadPiece } from '../read-ahead.ts';

/** Longest head of a record that is believed; theirs are some hundred bytes [bytes]. */
const LONGEST_HEAD = 65_536;
const NANOSECONDS = 1_000_000_000n;

export type Fields = ReadonlyMap<string, Uint8Array>;

/** A record of a bag, as http://wiki.ros.org/Bags/Format/2.0 describes it: a head of named fields, then data. */
export interface BagRecord {
  readonly op: number;
  readonly fields: Fields;
  /** Place of its data, and of what follows it. */
  readonly dataAt: number;
  readonly end: number;
}

/** @returns undefined where there is no whole head of a record; its data may still reach beyond the end */
export async function readRecord(read: ReadPiece, at: number, size: number): Promise<BagRecord | undefined> {
  if (at + 8 > size) return undefined;
  const lengthBytes = await read(at, 4);
  if (lengthBytes.length < 4) return undefined;
  const length = viewOf(lengthBytes).getUint32(0, true);
  if (length > LONGEST_HEAD || at + 8 + length > size) return undefined;
  const head = await read(at + 4, length + 4);
  if (head.length < length + 4) return undefined;
  let fields: Fields;
  try {
    fields = parseFields(head.subarray(0, length));
  } catch {
    return undefined;
  }
  const op = fields.get('op')?.[0];
  if (op === undefined) return undefined;
  const dataAt = at + 8 + length;
  return { op, fields, dataAt, end: dataAt + viewOf(head).getUint32(length, true) };
}

/** Fields `<length><name>=<value>`. @throws Error when they do not fill the bytes */
export function parseFields(bytes: Uint8Array): Fields {
  const fields = new Map<string, Uint8Array>();
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) throw new Error('a field is cut off');
    const length = viewOf(bytes).getUint32(at, true);
    const field = bytes.subarray(at + 4, at + 4 + length);
    const equals = field.indexOf(0x3d);
    if (field.length < length || equals < 0) throw new Error('a field is damaged');
    fields.set(decodeText(field.subarray(0, equals)), field.subarray(equals + 1));
    at += 4 + length;
  }
  return fields;
}

/** @throws Error when there is no such field */
export function numberIn(fields: Fields, name: string): number {
  return viewOf(fieldIn(fields, name, 4)).getUint32(0, true);
}

/** Time of a field [ns]. @throws Error when there is no such field */
export function timeIn(fields: Fields, name: string): bigint {
  const view = viewOf(fieldIn(fields, name, 8));
  return BigInt(view.getUint32(0, true)) * NANOSECONDS + BigInt(view.getUint32(4, true));
}

/** @throws Error when there is no such field */
export function textIn(fields: Fields, name: string): string {
  return decodeText(fieldIn(fields, name, 0));
}

function fieldIn(fields: Fields, name: string, length: number): Uint8Array {
  const value = fields.get(name);
  if (value === undefined || value.length < length) throw new Error(`a record has no ${name}`);
  return value;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
