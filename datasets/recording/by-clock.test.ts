import { describe, expect, it } from 'vitest';
import { sortedByTime, splitByClock } from './by-clock.ts';
import { clockFault, clockStretches } from './clock.ts';
import { createRecording } from './recording.ts';

function recordingOf(time: readonly number[], breaks: readonly number[] = []) {
  return createRecording({
    metadata: { format: 'test', name: 'drive', rate: 20, timeSource: 'recorded', cameras: {}, conversions: [] },
    breaks,
    columns: { time: Float64Array.from(time), steeringAngle: Float64Array.from(time, (_, i) => i) },
    cameras: {
      centre: {
        has: () => true,
        load: async (index) => ({ width: 1, height: 1, time: 0, pixels: new Uint8Array(3).fill(index) }),
      },
    },
  });
}

const lap = (from: number) => Array.from({ length: 60 }, (_, i) => from + i / 20);

describe('a clock that runs backwards', () => {
  it('means several recordings where stretches are long, samples out of order where they are short', () => {
    const fault = (time: readonly number[]) => clockFault(clockStretches(Float64Array.from(time)));
    expect(fault(lap(0))).toBe('none');
    expect(fault([...lap(100), ...lap(0)])).toBe('several-recordings');
    expect(fault([0, 2, 1, 3, 5, 4, 6, 8, 7])).toBe('out-of-order');
    expect(fault([])).toBe('none');
  });

  it('splits into recordings that have their samples, pictures and names', async () => {
    const [first, second, ...more] = splitByClock(recordingOf([...lap(100), ...lap(0)]));
    expect(more).toEqual([]);
    expect([first!.length, second!.length, first!.metadata.name, second!.metadata.name]).toEqual([
      60,
      60,
      'drive 1',
      'drive 2',
    ]);
    expect([...second!.columns.steeringAngle!].slice(0, 2)).toEqual([60, 61]);
    expect((await second!.frame(0, 'centre')).pixels[0]).toBe(60);
    expect(second!.segments).toEqual([{ start: 0, end: 60 }]);
  });

  it('is sorted, without what repeats a time, and says so', async () => {
    const sorted = sortedByTime(recordingOf([0, 0.1, 0.3, 0.2, 0.2, 0.4]));
    expect([...sorted.columns.time]).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect([...sorted.columns.steeringAngle!]).toEqual([0, 1, 3, 2, 5]);
    expect((await sorted.frame(2, 'centre')).pixels[0]).toBe(3);
    expect(sorted.segments).toHaveLength(1);
    expect(sorted.notes).toEqual([
      expect.stringMatching(/order of times/),
      expect.stringMatching(/^1 sample is left out/),
    ]);
    const sound = recordingOf(lap(0));
    expect(sortedByTime(sound)).toBe(sound);
  });

  it('keeps, sorted, the gaps that times do not tell', () => {
    const time = [0.4, 0.5, 0.6, 0.7, 0, 0.1, 0.2, 0.3];
    expect(sortedByTime(recordingOf(time)).segments).toEqual([{ start: 0, end: 8 }]);
    // What was left out before 0.6 and before 0.2 s.
    expect(sortedByTime(recordingOf(time, [2, 6])).segments).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 6 },
      { start: 6, end: 8 },
    ]);
  });
});
