import { describe, expect, it } from 'vitest';
import { histogramPicture } from './histogram-picture.ts';

describe('histogramPicture', () => {
  it('has a column for each histogram, and the largest numbers on top', () => {
    const { width, height, pixels } = histogramPicture([
      [4, 0, 0],
      [0, 1, 3],
    ]);
    expect([width, height]).toEqual([2, 3]);
    const at = (x: number, y: number) => [...pixels.slice((y * width + x) * 3, (y * width + x) * 3 + 3)];
    // All of the first histogram lies in the lowest bin: brightest at the bottom left.
    expect(at(0, 2)).toEqual([253, 231, 37]);
    expect(at(0, 0)).toEqual([68, 1, 84]);
    // Three quarters of the second lie in the highest, a quarter (half as bright: the root) in the middle.
    expect(at(1, 1)).toEqual([33, 145, 140]);
    expect(at(1, 0)[1]).toBeGreaterThan(201);
  });

  it('is dark where nothing was counted', () => {
    const { pixels } = histogramPicture([[0, 0], []]);
    expect([...pixels]).toEqual([68, 1, 84, 68, 1, 84, 68, 1, 84, 68, 1, 84]);
  });
});
