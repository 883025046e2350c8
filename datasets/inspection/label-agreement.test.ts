import { describe, expect, it } from 'vitest';
import { createStream } from '../../sim/random/stream.ts';
import { hasSharpPeak, labelAgreement } from './label-agreement.ts';

const RATE = 20;

/** A wheel and the scene that answers it `delay` samples later, jolted by `noise`. */
function drive(length: number, wheel: (seconds: number) => number, { delay = 2, noise = 0, sign = 1 } = {}) {
  const random = createStream(3, 'jolts');
  const steering = Float64Array.from({ length }, (_, i) => wheel(i / RATE));
  const motion = Float64Array.from({ length }, (_, i) => {
    return sign * wheel((i - delay) / RATE) + noise * random.uniform(-1, 1);
  });
  return { steering, motion: [motion], segments: [{ start: 0, end: length }], rate: RATE };
}

const winding = (seconds: number) => Math.sin(2 * seconds) + 0.5 * Math.sin(0.9 * seconds);

describe('how the wheel and the scene go together', () => {
  it('is seen through the jolts of a real camera', () => {
    const jolted = drive(2000, winding, { noise: 3 });
    expect(labelAgreement(jolted)).toMatchObject({ verdict: 'agrees' });
    expect(labelAgreement(drive(2000, winding, { noise: 3, sign: -1 }))).toMatchObject({ verdict: 'opposed' });
  });

  it('has a lag where the peak is sharp, and none that is believed where it is flat', () => {
    const sharp = labelAgreement(drive(2000, winding, { delay: 14 }));
    expect(sharp.lag).toBeCloseTo(14.5 / RATE, 1);
    expect(hasSharpPeak(sharp)).toBe(true);
    // Bends of a motorway, a minute each: the correlation is nearly the same at all lags.
    const flat = labelAgreement(drive(12_000, (seconds) => Math.sin(seconds / 10), { delay: 14, noise: 0.5 }));
    expect(flat.verdict).toBe('agrees');
    expect(flat.sharpness).toBeLessThan(0.05);
    expect(hasSharpPeak(flat)).toBe(false);
  });

  it('is unclear where a drive is too short to tell it from chance', () => {
    const verdicts = [101, 2000].map((length) => labelAgreement(drive(length, (seconds) => seconds % 7)).verdict);
    expect(verdicts).toEqual(['unclear', 'agrees']);
  });

  it('pairs no run of samples with another, and nothing with a car that stands', () => {
    const { steering, motion, rate } = drive(1000, winding);
    const speed = new Float64Array(1000).fill(9);
    speed.fill(0, 0, 700);
    const segments = [
      { start: 0, end: 500 },
      { start: 500, end: 1000 },
    ];
    expect(labelAgreement({ steering, motion, segments, rate }).pairs).toBeLessThan(1000);
    expect(labelAgreement({ steering, motion, segments, rate, speed }).pairs).toBeLessThan(310);
  });
});
