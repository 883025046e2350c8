import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecording, type Recording } from '../recording/recording.ts';
import { createWindowSource } from './window-source.ts';

const SIZE = { width: 4, height: 2 };
const FRAME = SIZE.width * SIZE.height * 3;
const RUNS = { numRuns: 150, seed: 7 };

/** Steps between samples [s], where each may be a break, and where frames were dropped; the picture is its number. */
interface Shape {
  readonly steps: readonly number[];
  readonly breaks: readonly number[];
  readonly dropped: ReadonlySet<number>;
}

/** Steps of about 50 ms, a few of them long enough to be a gap, none or backwards. */
const step = fc.oneof(
  { arbitrary: fc.double({ min: 0.04, max: 0.06, noNaN: true }), weight: 20 },
  { arbitrary: fc.constantFrom(0, -0.5, 0.4, 3), weight: 1 },
);
const shape: fc.Arbitrary<Shape> = fc.record({
  steps: fc.array(step, { minLength: 5, maxLength: 120 }),
  breaks: fc.array(fc.nat(119), { maxLength: 4 }),
  dropped: fc.array(fc.nat(119), { maxLength: 5 }).map((samples) => new Set(samples)),
});

/** The steering angle is 3 t - 1 at each sample's time t, so that its value anywhere in between is known. */
function record({ steps, breaks, dropped }: Shape): Recording {
  let now = 0;
  const time = Float64Array.from(steps, (next) => {
    now += next;
    return now;
  });
  return createRecording({
    metadata: {
      format: 'test',
      name: 'drive',
      rate: 20,
      timeSource: 'recorded',
      cameras: { centre: SIZE },
      conversions: [],
    },
    columns: { time, steeringAngle: time.map((t) => 3 * t - 1), speed: time.map((_, i) => i) },
    breaks: breaks.filter((sample) => sample > 0 && sample < time.length).sort((a, b) => a - b),
    cameras: {
      centre: {
        has: (index) => !dropped.has(index),
        load: async (index) => ({ ...SIZE, time: time[index]!, pixels: new Uint8Array(FRAME).fill(index) }),
      },
    },
  });
}

const windowing = fc.record({ time: fc.integer({ min: 1, max: 6 }), stride: fc.integer({ min: 1, max: 5 }) });

/** The samples that each window shows. */
async function samplesOf(source: ReturnType<typeof createWindowSource>): Promise<number[][]> {
  const { frames, batch, time } = await source.load(Array.from({ length: source.length }, (_, i) => i));
  return Array.from({ length: batch }, (_, row) =>
    Array.from({ length: time }, (_, t) => frames[(row * time + t) * FRAME]!),
  );
}

describe('windows of any recording', () => {
  it('are neighbours in one run without gap or dropped frame, and none that could be is left out', async () => {
    await fc.assert(
      fc.asyncProperty(shape, windowing, async (of, { time, stride }) => {
        const recording = record(of);
        const windows = await samplesOf(createWindowSource([recording], { time, stride, inputSize: SIZE }));
        const expected: number[][] = [];
        for (const { start, end } of recording.segments) {
          let run = start;
          for (let i = start; i <= end; i++) {
            if (i < end && !of.dropped.has(i)) continue;
            for (let first = run; first + time <= i; first += stride) {
              expected.push(Array.from({ length: time }, (_, t) => first + t));
            }
            run = i + 1;
          }
        }
        expect(windows).toEqual(expected);
      }),
      RUNS,
    );
  });

  it('know their followers: those that begin with the very next sample of the same run', async () => {
    await fc.assert(
      fc.asyncProperty(shape, windowing, async (of, { time, stride }) => {
        const recording = record(of);
        const source = createWindowSource([recording], { time, stride, inputSize: SIZE });
        const windows = await samplesOf(source);
        const inOneRun = (first: number, last: number) =>
          recording.segments.some(({ start, end }) => start <= first && last < end) &&
          !Array.from({ length: last - first + 1 }, (_, k) => first + k).some((sample) => of.dropped.has(sample));
        windows.forEach((window, i) => {
          const next = windows.findIndex((other) => other[0] === window.at(-1)! + 1 && inOneRun(window[0]!, other[0]!));
          expect(source.next[i]).toBe(next);
        });
      }),
      RUNS,
    );
  });

  it('at another rate show at each tick the sample nearest in time, within one run', async () => {
    const rates = fc.constantFrom(3, 7, 10, 15);
    await fc.assert(
      fc.asyncProperty(shape, windowing, rates, async (of, { time, stride }, rate) => {
        const recording = record({ ...of, dropped: new Set() });
        const source = createWindowSource([recording], { time, stride, rate, inputSize: SIZE });
        const { time: times } = recording.columns;
        for (const window of await samplesOf(source)) {
          const run = recording.segments.find(({ start, end }) => start <= window[0]! && window[0]! < end)!;
          const begin = times[run.start]!;
          const first = Math.round((times[window[0]!]! - begin) * rate);
          // A sample may be the nearest to the tick before or behind the one that its own time rounds to.
          const fits = [first - 1, first, first + 1].some((tick) =>
            window.every((sample, t) => {
              const at = begin + (tick + t) / rate;
              const distance = Math.abs(times[sample]! - at);
              for (let i = run.start; i < run.end; i++) if (Math.abs(times[i]! - at) < distance - 1e-9) return false;
              return sample < run.end;
            }),
          );
          expect(fits).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('with shifted labels have the label of the shifted time, or none where the run knows none', async () => {
    const shifts = fc.double({ min: -0.4, max: 0.4, noNaN: true }).filter((shift) => Math.abs(shift) > 1e-6);
    await fc.assert(
      fc.asyncProperty(shape, shifts, async (of, labelShift) => {
        const recording = record(of);
        const source = createWindowSource([recording], { time: 1, inputSize: SIZE, labelShift });
        const windows = await samplesOf(source);
        const { targets, mask } = await source.load(windows.map((_, i) => i));
        const { time: times } = recording.columns;
        windows.forEach(([sample], i) => {
          const run = recording.segments.find(({ start, end }) => start <= sample! && sample! < end)!;
          const at = times[sample!]! + labelShift;
          const known = at >= times[run.start]! && at <= times[run.end - 1]!;
          expect(mask[3 * i]).toBe(known ? 1 : 0);
          if (known) expect(targets[3 * i]).toBeCloseTo(3 * at - 1, 4);
          else expect(targets[3 * i]).toBe(0);
        });
      }),
      RUNS,
    );
  });
});
