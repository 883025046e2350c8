import { describe, expect, it } from 'vitest';
import { type CameraConditions, CLEAR_DAY } from '../conditions/conditions.ts';
import type { Frame } from '../frame.ts';
import { createStream } from '../random/stream.ts';
import { blurred } from './blur.ts';
import { dirtMask } from './dirt.ts';
import { exposureTable } from './exposure.ts';
import { isDropped, SensorEffects } from './sensor-effects.ts';

const WIDTH = 60;
const HEIGHT = 40;

function grey(value: number): Frame {
  return { width: WIDTH, height: HEIGHT, time: 1, pixels: new Uint8Array(WIDTH * HEIGHT * 3).fill(value) };
}

function through(camera: Partial<CameraConditions>, frame: Frame, { seed = 1, name = 'centre', tick = 0 } = {}) {
  return new SensorEffects({ ...CLEAR_DAY.camera, ...camera }, seed).apply(frame, name, tick);
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

it('leaves the frame of a perfect camera alone', () => {
  const frame = grey(100);
  expect(through({}, frame)).toBe(frame);
});

it('never writes into the frame that it was given', () => {
  const frame = grey(100);
  const camera = { exposure: 1, noise: 0.1, blur: 0.02, dirt: 0.3 };
  expect(through(camera, frame).pixels).not.toEqual(frame.pixels);
  expect(frame.pixels).toEqual(grey(100).pixels);
});

describe('exposure', () => {
  it('doubles the light with each stop', () => {
    const light = ((128 / 255 + 0.055) / 1.055) ** 2.4;
    expect(exposureTable(1)[128]).toBe(Math.round(255 * (1.055 * (2 * light) ** (1 / 2.4) - 0.055)));
    expect(exposureTable(0)).toEqual(Uint8Array.from({ length: 256 }, (_, i) => i));
    expect(exposureTable(3)[200]).toBe(255);
    expect(exposureTable(-1)[255]).toBe(Math.round(255 * (1.055 * 0.5 ** (1 / 2.4) - 0.055)));
  });
});

describe('noise', () => {
  it('has no mean and the standard deviation that was asked for', () => {
    const { pixels } = through({ noise: 0.05 }, grey(128));
    const average = mean(pixels);
    const std = Math.sqrt(mean(Array.from(pixels, (value) => (value - average) ** 2)));
    expect(average).toBeCloseTo(128, 0);
    expect(std / 255).toBeGreaterThan(0.0485);
    expect(std / 255).toBeLessThan(0.0515);
  });

  it('is that of seed, camera and tick, whatever came before', () => {
    const effects = new SensorEffects({ ...CLEAR_DAY.camera, noise: 0.05 }, 1);
    const forwards = [0, 1, 2].map((tick) => effects.apply(grey(128), 'centre', tick).pixels);
    const backwards = [2, 1, 0].map((tick) => through({ noise: 0.05 }, grey(128), { tick }).pixels);
    expect(backwards.reverse()).toEqual(forwards);
    expect(forwards[0]).not.toEqual(forwards[1]);
    expect(through({ noise: 0.05 }, grey(128), { name: 'left' }).pixels).not.toEqual(forwards[0]);
    expect(through({ noise: 0.05 }, grey(128), { seed: 2 }).pixels).not.toEqual(forwards[0]);
  });
});

describe('blur', () => {
  it('spreads a point with the variance that was asked for, and keeps its light', () => {
    const pixels = new Uint8Array(41 * 41 * 3);
    pixels.fill(255, (20 * 41 + 20) * 3, (20 * 41 + 20) * 3 + 3);
    const result = blurred(pixels, 41, 41, 1.5);
    let sum = 0;
    let variance = 0;
    for (let x = 0; x < 41; x++) {
      for (let y = 0; y < 41; y++) {
        const value = result[(y * 41 + x) * 3]!;
        sum += value;
        variance += value * (x - 20) * (x - 20);
      }
    }
    expect(sum).toBeGreaterThan(240);
    expect(sum).toBeLessThan(270);
    expect(Math.sqrt(variance / sum)).toBeGreaterThan(1.35);
    expect(Math.sqrt(variance / sum)).toBeLessThan(1.55);
  });

  it('leaves a plain picture plain, up to its border', () => {
    expect(through({ blur: 0.03 }, grey(77)).pixels).toEqual(grey(77).pixels);
  });
});

describe('dirt', () => {
  it.each([0.05, 0.3, 0.7])('hides the share %d of the lens', (share) => {
    const mask = dirtMask(160, 64, share, createStream(1, 'dirt'));
    expect(mean(mask)).toBeGreaterThanOrEqual(share);
    expect(mean(mask)).toBeLessThan(share + 0.03);
    expect(Math.max(...mask)).toBeLessThanOrEqual(1);
  });

  it('stays where it is from frame to frame', () => {
    const camera = { dirt: 0.2 };
    expect(through(camera, grey(200), { tick: 5 })).toEqual(through(camera, grey(200), { tick: 6 }));
    expect(through(camera, grey(200), { seed: 2 })).not.toEqual(through(camera, grey(200), { seed: 3 }));
  });
});

it('drops frames as often as it was asked to', () => {
  const camera = { ...CLEAR_DAY.camera, dropped: 0.2 };
  const dropped = Array.from({ length: 2000 }, (_, tick) => isDropped(camera, 1, tick)).filter(Boolean).length;
  // 400, give or take four standard deviations.
  expect(dropped).toBeGreaterThan(328);
  expect(dropped).toBeLessThan(472);
  expect(isDropped(CLEAR_DAY.camera, 1, 3)).toBe(false);
});
