import { expect, it } from 'vitest';
import { base64 } from './base64.ts';

it.each([0, 1, 2, 3, 0x8000, 0x8001, 200_000])('writes %d bytes as others do', (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) % 256);
  expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});
