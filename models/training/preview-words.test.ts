import { expect, it } from 'vitest';
import { changesInWords } from './preview-words.ts';

const sample = { width: 1, height: 1, pixels: new Uint8Array(3), mirrored: false, lateralShift: 0 };

it('says what was done to a picture and its steering', () => {
  expect(changesInWords({ ...sample, recorded: 0.2, angle: 0.2 })).toBe('11° → 11°');
  const changed = { ...sample, recorded: 0.2, angle: -0.3, mirrored: true, lateralShift: -0.42 };
  expect(changesInWords(changed)).toBe('11° → -17°, mirrored, 0.4 m further right');
  expect(changesInWords({ ...sample, recorded: Number.NaN, angle: Number.NaN })).toBe('no steering angle');
});
