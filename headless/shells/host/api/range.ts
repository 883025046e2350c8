import { Refusal } from '../../../../sim/refusal.ts';

/** Bytes `start` to `end` (exclusive). */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header (RFC 9110, section 14.2) with one range. What is no such header is ignored, as the RFC has it.
 * @param size of the file [bytes]
 * @throws Refusal `bad-range` when nothing of the range lies in the file
 */
export function parseRange(header: string | undefined, size: number, where: string): ByteRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [, first, last] = match;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (start >= size || end <= start) {
    throw new Refusal('bad-range', where, `it has ${size} bytes and none in ${header}`, 'ask within the file');
  }
  return { start, end };
}
