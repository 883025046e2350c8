import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDropouts } from './dropouts.ts';
import { interpolate } from './interpolate.ts';
import { createRecording } from './recording.ts';

const COUNT = 400;
/** Degrees of a bend, as a real car writes them: 192.6, 193.4 … */
const bend = (i: number) => 190 + 30 * Math.sin(i / 30) + (i % 3) / 10;

function recordingOf(steeringAngle: (i: number) => number) {
  return createRecording({
    metadata: { format: 'test', name: 'drive', rate: 20, timeSource: 'recorded', cameras: {}, conversions: [] },
    columns: {
      time: Float64Array.from({ length: COUNT }, (_, i) => i / 20),
      steeringAngle: Float64Array.from({ length: COUNT }, (_, i) => steeringAngle(i)),
    },
    cameras: {},
  });
}

describe('dropouts', () => {
  it('are found wherever a value falls away for a moment, and bridged to what it was', () => {
    const places = fc.uniqueArray(fc.integer({ min: 2, max: 64 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, -327.68, 655.35), (at, long, value) => {
        const isDropped = (i: number) => at.some((place) => i >= 6 * place && i < 6 * place + long);
        const recording = recordingOf((i) => (isDropped(i) ? value : bend(i)));
        const found = findDropouts(recording);
        if (at.length * long > 0.05 * COUNT) return;
        expect(found).toEqual(
          at
            .sort((a, b) => a - b)
            .map((place) => ({ column: 'steeringAngle', start: 6 * place, end: 6 * place + long })),
        );
        const { steeringAngle } = interpolate(recording, found).columns;
        for (let i = 0; i < COUNT; i++) expect(Math.abs(steeringAngle![i]! - bend(i))).toBeLessThan(1.5);
      }),
    );
  });

  it('are neither pulses of keys, nor a wheel that trembles, nor steps that stay', () => {
    expect(findDropouts(recordingOf((i) => (i % 20 < 1 ? 0.25 : 0)))).toEqual([]);
    expect(findDropouts(recordingOf((i) => Math.sin(i * i)))).toEqual([]);
    expect(findDropouts(recordingOf((i) => bend(i) * (i < 200 ? 1 : 0)))).toEqual([]);
  });
});
