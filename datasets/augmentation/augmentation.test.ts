import { describe, expect, it } from 'vitest';
import { createStream } from '../../sim/random/stream.ts';
import { returnCorrection } from '../windows/steering-correction.ts';
import type { WindowBatch } from '../windows/window-source.ts';
import { createAugmenter } from './augment.ts';
import type { AugmentationOptions } from './choice.ts';
import { warpInPlace } from './geometry.ts';
import { addNoise, blur, castShadow, erase, noiseTable, toneTable } from './light.ts';

const size = { width: 16, height: 12 };
const FRAME = 16 * 12 * 3;
/** Everything but the sideways shift. */
const MODERATE: AugmentationOptions = {
  mirror: 0.5,
  rotation: 0.02,
  brightness: [0.6, 1.4],
  gamma: [0.75, 1.35],
  shadow: 0.3,
  noise: 6,
  blur: 0.15,
  erase: 0.15,
};
const stream = (name = 'test') => createStream(3, name);

/** Two windows of two frames: random pixels, angles 0.5 and -0.25, 10 m/s, torques 1 and 2. */
function batch(): WindowBatch {
  const random = stream('pixels');
  const row = [0.5, 10, 1, 0.5, 10, 1];
  return {
    frames: Uint8Array.from({ length: 4 * FRAME }, () => random.integer(0, 255)),
    targets: Float32Array.from([...row, -0.25, 10, 2, -0.25, 10, 2]),
    mask: new Float32Array(12).fill(1),
    speed: new Float32Array(4).fill(10),
    batch: 2,
    time: 2,
  };
}

function augmented(options: AugmentationOptions, name = 'test') {
  const changed = batch();
  return { changed, applied: createAugmenter(size, options, stream('augmenter')).apply(changed, stream(name)) };
}

describe('augmentation', () => {
  it('does nothing unless asked', () => {
    expect(augmented({}).changed).toEqual(batch());
  });

  it('mirrors pictures and turns angle and torque round; twice is nothing', () => {
    const { changed } = augmented({ mirror: 1 });
    const before = batch();
    expect([...changed.targets.slice(0, 3)]).toEqual([-0.5, 10, -1]);
    expect([...changed.frames.slice(0, 3)]).toEqual([...before.frames.slice(45, 48)]);
    createAugmenter(size, { mirror: 1 }, stream()).apply(changed, stream());
    expect(changed).toEqual(before);
  });

  it('moves the ground right and steers right when the car seems to stand left of its line', () => {
    const shift = { metres: 0.6, horizon: 0.25, wheelbase: 2.5, steeringRatio: 16 };
    const { changed, applied } = augmented({ lateralShift: shift });
    applied.forEach(({ lateralShift }, row) => {
      expect(Math.abs(lateralShift)).toBeGreaterThan(0);
      const expected =
        batch().targets[6 * row]! + 16 * Math.atan((2.5 * -2 * lateralShift) / (lateralShift ** 2 + 400));
      expect(changed.targets[6 * row]).toBeCloseTo(expected, 5);
      expect([...changed.mask.slice(6 * row, 6 * row + 6)]).toEqual([1, 1, 0, 1, 1, 0]);
    });
    // A bright column in the middle, seen from 0.6 m further left at 1.2 m height: half a pixel per row below row 3.
    const picture = new Uint8Array(FRAME);
    for (let y = 0; y < 12; y++) picture.fill(255, 3 * (16 * y + 4), 3 * (16 * y + 5));
    warpInPlace(picture, size, { mirror: false, slope: 0.5, horizon: 3, rotation: 0 }, new Uint8Array(FRAME));
    const brightest = (y: number) => Array.from({ length: 16 }, (_, x) => picture[3 * (16 * y + x)]!).indexOf(255);
    expect([0, 3, 5, 7, 9, 11].map(brightest)).toEqual([4, 4, 5, 6, 7, 8]);
  });

  it('rotates about the middle: four quarter turns of a square are nothing', () => {
    const square = { width: 9, height: 9 };
    const original = Uint8Array.from({ length: 243 }, (_, i) => (i * 37) % 256);
    const picture = original.slice();
    const quarter = { mirror: false, slope: 0, horizon: 0, rotation: Math.PI / 2 };
    warpInPlace(picture, square, quarter, new Uint8Array(243));
    // Counter-clockwise: the right end of the top row goes to the top left corner.
    expect([...picture.slice(0, 3)]).toEqual([...original.slice(24, 27)]);
    for (let turn = 1; turn < 4; turn++) warpInPlace(picture, square, quarter, new Uint8Array(243));
    expect(picture).toEqual(original);
  });

  it('gives the same for the same seed, other things for another, and never a label for light alone', () => {
    const once = augmented(MODERATE);
    expect(augmented(MODERATE).changed).toEqual(once.changed);
    expect(augmented(MODERATE, 'other').changed.frames).not.toEqual(once.changed.frames);
    const { mirror, ...light } = MODERATE;
    expect(augmented(light).changed.targets).toEqual(batch().targets);
    // Leaving one change out does not draw the others anew.
    expect(augmented({ ...MODERATE, rotation: 0 }).applied[0]!.brightness).toBe(once.applied[0]!.brightness);
  });
});

describe('steering correction', () => {
  it('leads back: right from the left, less at speed, never steeper than slow', () => {
    expect(returnCorrection(0, 10)).toBe(0);
    expect(returnCorrection(0.5, 10)).toBeLessThan(0);
    expect(returnCorrection(-0.5, 10)).toBe(-returnCorrection(0.5, 10));
    expect(Math.abs(returnCorrection(0.5, 20))).toBeLessThan(Math.abs(returnCorrection(0.5, 10)));
    expect(returnCorrection(0.5, 0)).toBe(returnCorrection(0.5, 4));
  });
});

describe('light', () => {
  it('maps tones as the formula says', () => {
    const table = toneTable(0.5, 2);
    expect([table[0], table[128], table[255]]).toEqual([0, Math.round(127.5 * (128 / 255) ** 2), 128]);
    expect(toneTable(3, 1)[200]).toBe(255);
  });

  it('darkens, covers and blurs where it should', () => {
    const plain = () => new Uint8Array(FRAME).fill(200);
    const shaded = plain();
    castShadow(shaded, size, { top: [0.5, 1], bottom: [0.5, 1], strength: 0.5 }, 0);
    expect([shaded[0], shaded[3 * 7], shaded[3 * 8], shaded[3 * 15]]).toEqual([200, 200, 100, 100]);
    const covered = plain();
    erase(covered, size, { x: 0.5, y: 0.5, width: 0.25, height: 0.5, grey: 9 }, 0);
    expect(covered.filter((value) => value === 9)).toHaveLength(4 * 6 * 3);
    const spot = new Uint8Array(FRAME);
    spot[3 * (16 * 5 + 5)] = 90;
    blur(spot, size, new Uint8Array(FRAME), 0);
    expect([spot[3 * (16 * 4 + 4)], spot[3 * (16 * 5 + 5)], spot[3 * (16 * 6 + 7)]]).toEqual([10, 10, 0]);
  });

  it('adds noise of the deviation asked for', () => {
    const pixels = new Uint8Array(60_000).fill(128);
    addNoise(pixels, noiseTable(stream()), 65_000, 10, 0, pixels.length);
    const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    const deviation = Math.sqrt(pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length);
    expect(mean).toBeCloseTo(128, 0);
    expect(deviation).toBeGreaterThan(9.8);
    expect(deviation).toBeLessThan(10.2);
  });
});
