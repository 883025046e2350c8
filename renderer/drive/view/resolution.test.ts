import { describe, expect, it } from 'vitest';
import { Resolution } from './resolution.ts';

const show = (resolution: Resolution, rate: number, seconds: number) => {
  for (let i = 0; i < rate * seconds; i++) resolution.pictured(1 / rate);
  return resolution.factor;
};

describe('Resolution', () => {
  it('draws fewer pixels on a machine that cannot keep up, but never too few', () => {
    expect(show(new Resolution(false), 12, 30)).toBe(0.4);
  });

  it('grows again when there is time, one step at a time', () => {
    const resolution = new Resolution(false);
    show(resolution, 10, 30);
    const factor = show(resolution, 60, 5);
    expect(factor).toBeGreaterThan(0.4);
    expect(show(resolution, 60, 30)).toBe(1);
  });

  it('leaves well alone at thirty pictures a second', () => {
    expect(show(new Resolution(true), 30, 30)).toBe(0.625);
  });
});
