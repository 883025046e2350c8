import { describe, expect, it } from 'vitest';
import { Resolution } from './resolution.ts';

const show = (resolution: Resolution, rate: number, seconds: number) => {
  for (let i = 0; i < rate * seconds; i++) resolution.pictured(1 / rate);
  return resolution.fit(960, 540);
};

describe('Resolution', () => {
  it('draws all pixels where nothing is slow', () => {
    expect(show(new Resolution(false), 60, 30)).toEqual({ width: 960, height: 540 });
  });

  it('draws fewer pixels on a machine that cannot keep up, but never too few', () => {
    const { width, height } = show(new Resolution(false), 12, 60);
    expect(width * height).toBeGreaterThan(50_000);
    expect(width * height).toBeLessThan(70_000);
    expect(width / height).toBeCloseTo(16 / 9, 1);
  });

  it('begins with the same few pixels on any canvas in low quality', () => {
    expect(new Resolution(true).fit(960, 540)).toEqual({ width: 481, height: 270 });
    expect(new Resolution(true).fit(3840, 2160)).toEqual({ width: 481, height: 270 });
    expect(new Resolution(true).fit(160, 90)).toEqual({ width: 160, height: 90 });
  });

  it('grows again when there is time, one step at a time', () => {
    const resolution = new Resolution(false);
    const small = show(resolution, 10, 60).width;
    const next = show(resolution, 60, 4).width;
    expect(next).toBeGreaterThan(small);
    expect(next).toBeLessThan(960);
    expect(show(resolution, 60, 60).width).toBe(960);
  });

  it('grows in low quality, too, when all the pictures come that it asks for', () => {
    const resolution = new Resolution(true);
    expect(show(resolution, resolution.limit, 60).width).toBeGreaterThan(481);
  });

  it('leaves well alone between slow and quick', () => {
    expect(show(new Resolution(true), 23, 30).width).toBe(481);
  });

  it('gives way to the world', () => {
    const resolution = new Resolution(true);
    const pictures = (pace: number) => {
      for (let i = 0; i < 3000; i++) resolution.pictured(1 / 30, pace);
      return resolution.fit(960, 540).width;
    };
    expect(pictures(0.85)).toBe(481);
    expect(pictures(1)).toBeGreaterThan(481);
    expect(pictures(0.7)).toBe(481);
  });

  it('tries in vain more and more rarely', () => {
    const resolution = new Resolution(true);
    let changes = 0;
    const halfHour = 30 * 60 * 27;
    // Only the size that it begins with is quick enough.
    for (let i = 0; i < halfHour; i++) {
      const rate = resolution.fit(960, 540).width > 481 ? 15 : 30;
      if (resolution.pictured(1 / rate)) changes++;
    }
    expect(changes).toBeGreaterThan(4);
    expect(changes).toBeLessThan(50);
  });
});
