import { describe, expect, it } from 'vitest';
import { type Crop, cropAndResize, cropRectangle, NO_CROP } from './resize.ts';

const grey = (values: number[]) => Uint8Array.from(values.flatMap((value) => [value, value, value]));
const firstChannel = (pixels: Uint8Array) => [...pixels].filter((_, i) => i % 3 === 0);

describe('crop', () => {
  it("turns the Udacity template's 60 and 25 rows of 160 into a 75-row rectangle", () => {
    const crop: Crop = { top: 60 / 160, bottom: 25 / 160, left: 0, right: 0 };
    expect(cropRectangle({ width: 320, height: 160 }, crop)).toEqual({ x: 0, y: 60, width: 320, height: 75 });
    expect(cropRectangle({ width: 160, height: 80 }, crop)).toEqual({ x: 0, y: 30, width: 160, height: 37 });
  });

  it('keeps at least one pixel', () => {
    expect(cropRectangle({ width: 2, height: 2 }, { top: 0.9, bottom: 0.9, left: 0, right: 0.99 })).toEqual({
      x: 0,
      y: 1,
      width: 1,
      height: 1,
    });
  });

  it('copies the rectangle when nothing is to be resized', () => {
    const source = grey([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const crop = { top: 1 / 3, bottom: 0, left: 1 / 3, right: 0 };
    const out = cropAndResize(source, { width: 3, height: 3 }, crop, { width: 2, height: 2 });
    expect(firstChannel(out)).toEqual([5, 6, 8, 9]);
  });
});

describe('resize', () => {
  it('averages areas, also where an input pixel is shared', () => {
    const two = cropAndResize(grey([0, 100, 200, 40]), { width: 2, height: 2 }, NO_CROP, { width: 1, height: 1 });
    expect(firstChannel(two)).toEqual([85]);
    // 3 to 2: each output covers one and a half inputs: (0 + 90 / 2) / 1.5 = 30 and (90 / 2 + 180) / 1.5 = 150.
    const shared = cropAndResize(grey([0, 90, 180]), { width: 3, height: 1 }, NO_CROP, { width: 2, height: 1 });
    expect(firstChannel(shared)).toEqual([30, 150]);
  });

  it('interpolates between pixel centres where it grows', () => {
    const out = cropAndResize(grey([0, 100]), { width: 2, height: 1 }, NO_CROP, { width: 4, height: 1 });
    expect(firstChannel(out)).toEqual([0, 25, 75, 100]);
  });

  it('keeps a plain picture plain at any pair of sizes', () => {
    for (const [w, h, tw, th] of [
      [320, 160, 200, 66],
      [455, 256, 128, 48],
      [7, 5, 3, 11],
      [1, 1, 9, 9],
    ] as const) {
      const source = new Uint8Array(w * h * 3).fill(255);
      const out = cropAndResize(source, { width: w, height: h }, NO_CROP, { width: tw, height: th });
      expect(out.every((value) => value === 255)).toBe(true);
    }
  });

  it('agrees with the same average in floating point to one step', () => {
    const [w, h, tw, th] = [53, 31, 20, 9];
    const source = Uint8Array.from({ length: w * h * 3 }, (_, i) => (i * 7919) % 256);
    const out = cropAndResize(source, { width: w, height: h }, NO_CROP, { width: tw, height: th });
    const overlap = (a0: number, a1: number, p: number) => Math.max(0, Math.min(a1, p + 1) - Math.max(a0, p));
    for (const [x, y, c] of [
      [0, 0, 0],
      [19, 8, 2],
      [7, 4, 1],
    ] as const) {
      let sum = 0;
      for (let py = 0; py < h; py++) {
        for (let px = 0; px < w; px++) {
          const area = overlap((x * w) / tw, ((x + 1) * w) / tw, px) * overlap((y * h) / th, ((y + 1) * h) / th, py);
          sum += area * source[3 * (py * w + px) + c]!;
        }
      }
      expect(Math.abs(out[3 * (y * tw + x) + c]! - (sum * tw * th) / (w * h))).toBeLessThanOrEqual(1);
    }
  });

  it('writes at an offset of a larger buffer and nowhere else', () => {
    const out = new Uint8Array(12).fill(9);
    cropAndResize(grey([50, 50, 50, 50]), { width: 2, height: 2 }, NO_CROP, { width: 2, height: 1 }, out, 3);
    expect([...out]).toEqual([9, 9, 9, 50, 50, 50, 50, 50, 50, 9, 9, 9]);
  });
});
