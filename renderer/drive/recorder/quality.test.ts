import { describe, expect, it } from 'vitest';
import { QualityWatch } from './quality.ts';

function hintAfter(angle: (i: number) => number, speed: (i: number) => number = () => 12): string | null {
  const watch = new QualityWatch();
  for (let i = 0; i < 600; i++) watch.see(angle(i), speed(i), 0.05);
  return watch.hint();
}

describe('QualityWatch', () => {
  it('has nothing to say about a drive through bends both ways', () => {
    expect(hintAfter((i) => 0.5 * Math.sin(i / 30))).toBeNull();
  });

  it('is silent at first', () => {
    const watch = new QualityWatch();
    for (let i = 0; i < 100; i++) watch.see(0, 0, 0.05);
    expect(watch.hint()).toBeNull();
  });

  it('notices keyboards, straight roads, one-sided roads and standing still', () => {
    expect(hintAfter((i) => (i % 4 < 2 ? 0.6 : 0.1))).toMatch(/jumps/);
    expect(hintAfter((i) => (i % 20 === 0 ? 0.1 : 0))).toMatch(/95 % of the frames steer straight/);
    expect(hintAfter((i) => 0.3 + 0.1 * Math.sin(i / 30))).toMatch(/go left/);
    expect(hintAfter((i) => -0.3 - 0.1 * Math.sin(i / 30))).toMatch(/go right/);
    expect(hintAfter(Math.sin, (i) => (i < 300 ? 0 : 10))).toMatch(/50 % of the frames/);
  });
});
