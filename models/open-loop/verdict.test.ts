import { describe, expect, it } from 'vitest';
import { openLoopScore } from './open-loop-score.ts';
import { verdictInWords, verdictOn } from './verdict.ts';

const truth = Float64Array.from({ length: 300 }, (_, t) => Math.sin(t / 20));
const score = (predict: (angle: number, t: number) => number) =>
  openLoopScore({ predicted: truth.map(predict), truth, rate: 20 });

describe('the verdict on predictions', () => {
  it('compares them with what needs no image', () => {
    expect(verdictOn(score((angle) => 0.8 * angle))).toBe('well');
    expect(verdictOn(score((angle, t) => 0.2 * angle + 0.1 * Math.sin(t)))).toBe('little');
    expect(verdictOn(score(() => 0))).toBe('nothing');
    expect(verdictOn(score((angle) => -0.1 * angle))).toBe('nothing');
    // Nearly always straight on, as if it knew nothing.
    expect(verdictOn(score((angle) => 0.01 * angle))).toBe('nothing');
  });

  it('is told with both errors and the correlation', () => {
    expect(verdictInWords(score((angle) => 0.5 * angle))).toMatch(
      /^Its steering is off by 0\.3\d rad where .* is off by 0\.7\d \(r = 1\.00\)\. It steers by what it sees here/,
    );
  });
});
