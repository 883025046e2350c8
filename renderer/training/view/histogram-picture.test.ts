import { describe, expect, it } from 'vitest';
import { histogramPicture } from './histogram-picture.ts';

describe('histogramPicture', () => {
  it('has a column for each histogram, and the largest numbers on top', () => {
    const { width, height, pixels } = histogramPicture([
      [4, 0, 0],
      [0, 3, 1],
    ]);
    expect([width, height]).toEqual([2, 3]);
    const at = (x: number, y: number) => [...pixels.slice((y * width + x) * 3, (y * width + x) * 3 + 3)];
    // All of the first histogram lies in the lowest bin: brightest at the bottom left.
    expect(at(0, 2)).toEqual([253, 231, 37]);
    expect(at(0, 0)).toEqual([68, 1, 84]);
    // A quarter of the second lies in the highest, half as bright: the root.
    expect(at(1, 0)).toEqual([33, 145, 140]);
  });

  it('does not let zeros outshine the rest', () => {
    const { pixels } = histogramPicture([[1, 998, 1]]);
    expect([...pixels]).toEqual([253, 231, 37, 253, 231, 37, 253, 231, 37]);
  });

  it('is dark where nothing was counted', () => {
    const { pixels } = histogramPicture([[0, 0], []]);
    expect([...pixels]).toEqual([68, 1, 84, 68, 1, 84, 68, 1, 84, 68, 1, 84]);
  });
});
