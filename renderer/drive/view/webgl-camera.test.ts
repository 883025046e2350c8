import { describe, expect, it } from 'vitest';
import { upright } from './webgl-camera.ts';

describe('upright', () => {
  it('turns rows around and drops alpha', () => {
    // biome-ignore format: two by two pixels
    const rgba = Uint8Array.of(
      1, 2, 3, 255, 4, 5, 6, 255,
      7, 8, 9, 255, 10, 11, 12, 255,
    );
    expect([...upright(rgba, 2, 2)]).toEqual([7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6]);
  });
});
