import { sin } from '../../maths/deterministic.ts';
import type { RandomStream } from '../../random/stream.ts';

const WAVES = 5;

/**
 * Paint that has worn off here and there.
 * @param length of the closed road, over which the wear repeats [m]
 * @param wear from 0, fresh, to 1, hardly anything left
 * @returns visibility along the road, from 0 to 1
 */
export function wornPaint(length: number, wear: number, chance: RandomStream): (s: number) => number {
  const waves = Array.from({ length: WAVES }, () => ({
    // Whole numbers of waves, so that the wear has no seam; stretches of 15 m to 150 m.
    rate: (2 * Math.PI * Math.max(1, Math.round(length / chance.uniform(30, 300)))) / length,
    phase: chance.uniform(0, 2 * Math.PI),
  }));
  return (s) => {
    let sum = 0;
    for (const { rate, phase } of waves) sum += sin(rate * s + phase);
    return Math.min(1, Math.max(0, 1 - wear * (1 + (1.6 * sum) / Math.sqrt(WAVES))));
  };
}
