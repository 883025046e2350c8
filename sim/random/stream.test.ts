import { describe, expect, it } from 'vitest';
import { createStream, type RandomStream } from './stream.ts';

function draw(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.uniform());
}

/** Pearson's correlation of two series. */
function correlation(a: number[], b: number[]): number {
  const mean = (v: number[]) => v.reduce((sum, x) => sum + x, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = a.reduce((sum, x, i) => sum + (x - ma) * (b[i]! - mb), 0);
  const square = (v: number[], m: number) => v.reduce((sum, x) => sum + (x - m) * (x - m), 0);
  return product / Math.sqrt(square(a, ma) * square(b, mb));
}

describe('random streams', () => {
  it('repeat themselves for the same seed and name', () => {
    expect(draw(createStream(7, 'wind'), 50)).toEqual(draw(createStream(7, 'wind'), 50));
  });

  it('give these numbers for good', () => {
    const stream = createStream(42, 'golden');
    expect([
      stream.uniform(),
      stream.uniform(-2, 3),
      stream.integer(1, 6),
      stream.normal(),
      stream.normal(5, 2),
    ]).toEqual([0.44729584195826744, -1.096986996350343, 4, -0.1814680987494006, 3.8103756162898126]);
  });

  it('are independent between names, seeds and forks', () => {
    const base = draw(createStream(1, 'a'), 4_000);
    const others = [createStream(1, 'b'), createStream(2, 'a'), createStream(1, 'a').fork('b'), createStream(-1, 'a')];
    for (const other of others) expect(Math.abs(correlation(base, draw(other, 4_000)))).toBeLessThan(0.06);
  });

  it('keep names apart whatever is in them', () => {
    const firsts = [
      createStream(1, 'a/b'),
      createStream(1, 'a').fork('b'),
      createStream(1, 'a","b'),
      createStream(11, 'a'),
    ];
    expect(new Set(firsts.map((stream) => stream.uniform())).size).toBe(firsts.length);
  });

  it('fork the same way whatever was drawn before', () => {
    const fresh = createStream(3, 'x');
    const used = createStream(3, 'x');
    draw(used, 10);
    expect(draw(used.fork('y'), 5)).toEqual(draw(fresh.fork('y'), 5));
    expect(draw(fresh, 11)[10]).toBe(used.uniform());
  });

  it('go back to a saved state', () => {
    const stream = createStream(9, 'state');
    stream.normal();
    const state = stream.state();
    const first = [stream.normal(), stream.uniform(), stream.integer(0, 99)];
    stream.restore(state);
    expect([stream.normal(), stream.uniform(), stream.integer(0, 99)]).toEqual(first);
    const other = createStream(0, 'elsewhere');
    other.restore(state);
    expect(other.normal()).toBe(first[0]);
  });

  it('have the moments of their distributions', () => {
    const stream = createStream(5, 'moments');
    const count = 40_000;
    const normals = Array.from({ length: count }, () => stream.normal(3, 2));
    const mean = normals.reduce((a, b) => a + b, 0) / count;
    const variance = normals.reduce((a, b) => a + (b - mean) * (b - mean), 0) / count;
    expect(Math.abs(mean - 3)).toBeLessThan((4 * 2) / Math.sqrt(count));
    expect(Math.abs(variance - 4)).toBeLessThan(4 * 4 * Math.sqrt(2 / count));
    const uniforms = Array.from({ length: count }, () => stream.uniform(-1, 2));
    expect(Math.abs(uniforms.reduce((a, b) => a + b, 0) / count - 0.5)).toBeLessThan(4 * Math.sqrt(9 / 12 / count));
    expect(Math.min(...uniforms)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...uniforms)).toBeLessThan(2);
  });

  it('reach both ends of a range of whole numbers, and every item', () => {
    const stream = createStream(6, 'ends');
    expect(new Set(Array.from({ length: 300 }, () => stream.integer(-2, 2)))).toEqual(new Set([-2, -1, 0, 1, 2]));
    expect(new Set(Array.from({ length: 300 }, () => stream.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
    expect(() => stream.pick([])).toThrow(RangeError);
  });
});
