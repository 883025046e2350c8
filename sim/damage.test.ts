import { describe, expect, it } from 'vitest';
import { damageInWords } from './damage.ts';

describe('what libraries say of damage', () => {
  it.each([
    ['Input Bit Array is empty', 'it is empty'],
    ['Input Buffer is empty', 'it is empty'],
    ['Input buffer contains unsupported image format', 'it is of another kind than its name says'],
    ['VipsJpeg: premature end of JPEG image\nVipsJpeg: out of order read', 'it breaks off before its end'],
    ['Offset is outside the bounds of the DataView', 'it breaks off before its end'],
    ['Input image exceeds pixel limit', 'it is larger than is read'],
    ['pngload_buffer: libspng read error: invalid block type', 'its data is damaged'],
    ['unexpected EOF', 'it breaks off before its end'],
    ['invalid zip data', '“invalid zip data”'],
    ['', 'its data is damaged'],
  ])('%j means that %s', (said, meaning) => {
    expect(damageInWords(new Error(said))).toBe(meaning);
  });
});
