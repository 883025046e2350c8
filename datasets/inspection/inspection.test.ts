import { describe, expect, it } from 'vitest';
import type { Frame } from '../../sim/frame.ts';
import { createStream } from '../../sim/random/stream.ts';
import { createRecording, type Recording } from '../recording/recording.ts';
import { columnStatistics, correlation } from './column-statistics.ts';
import { inspectRecording } from './inspect.ts';
import { steeringHabits } from './steering-habits.ts';

const WIDTH = 128;
const HEIGHT = 32;

/** Random brightness around the horizon, smooth enough to be followed: by direction, in 1/1024 of a turn of the view. */
const panorama = (() => {
  const random = createStream(5, 'panorama');
  const coarse = Float64Array.from({ length: 256 }, () => random.uniform(20, 235));
  return (direction: number): number => {
    const at = (((direction * 256) % 256) + 256) % 256;
    const i = Math.floor(at);
    return coarse[i]! + (at - i) * (coarse[(i + 1) % 256]! - coarse[i]!);
  };
})();

/** What a camera sees that looks in a direction (left positive): turning left moves the scene right. */
function view(direction: number, time: number): Frame {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let x = 0; x < WIDTH; x++) {
    const value = panorama((x / WIDTH) * 0.2 - direction);
    for (let y = 0; y < HEIGHT; y++) pixels.fill(value, 3 * (y * WIDTH + x), 3 * (y * WIDTH + x) + 3);
  }
  return { width: WIDTH, height: HEIGHT, time, pixels };
}

interface Options {
  sign?: number;
  /** The scene answers the wheel this many samples later. */
  delay?: number;
  frame?: (index: number) => Frame | undefined;
}

function drive({ sign = 1, delay = 0, frame }: Options = {}): Recording {
  const count = 400;
  const wheel = Float64Array.from({ length: count }, (_, i) => Math.sin(i / 9) + 0.5 * Math.sin(i / 23));
  const direction = new Float64Array(count);
  for (let i = 1; i < count; i++) direction[i] = direction[i - 1]! + 0.005 * (wheel[i - 1 - delay] ?? 0);
  const time = Float64Array.from({ length: count }, (_, i) => i / 20);
  return createRecording({
    metadata: {
      format: 'test',
      name: 'drive',
      rate: 20,
      timeSource: 'recorded',
      cameras: { centre: { width: WIDTH, height: HEIGHT } },
      conversions: [],
    },
    columns: { time, steeringAngle: wheel.map((angle) => sign * angle), speed: new Float64Array(count).fill(9) },
    cameras: {
      centre: { has: () => true, load: async (index) => frame?.(index) ?? view(direction[index]!, time[index]!) },
    },
  });
}

const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

describe('inspection', () => {
  it('finds nothing wrong with a sound drive', async () => {
    const { agreement, findings, timing, columns } = await inspectRecording(drive());
    expect(agreement).toMatchObject({ verdict: 'agrees' });
    expect(agreement!.correlation).toBeGreaterThan(0.95);
    expect(agreement!.lag).toBeCloseTo(0.025, 2);
    expect(timing).toMatchObject({ samples: 400, segments: 1, repeated: 0 });
    expect(timing.rate).toBeCloseTo(20, 9);
    expect(columns.speed).toMatchObject({ count: 400, mean: 9 });
    expect(codes(findings)).toEqual(['short', 'no-torque', 'constant-speed', 'sign-agrees']);
  });

  it('tells a wrong sign, and images that are late or early', async () => {
    const wrong = await inspectRecording(drive({ sign: -1 }));
    expect(wrong.findings[0]).toMatchObject({ code: 'sign', severity: 'error' });
    const late = await inspectRecording(drive({ delay: 10 }));
    expect(late.agreement!.lag).toBeCloseTo(0.525, 2);
    expect(codes(late.findings)).toContain('late-images');
    const early = await inspectRecording(drive({ delay: -6 }));
    expect(early.agreement!.lag).toBeCloseTo(-0.275, 2);
    expect(early.findings.find(({ code }) => code === 'late-labels')!.advice).toMatch(/--label-shift 0\.2[78]\./);
  });

  it('finds black and frozen frames, and where', async () => {
    const still = view(0.3, 0);
    const black = { ...still, pixels: new Uint8Array(still.pixels.length) };
    const { pictures, findings } = await inspectRecording(
      drive({ frame: (i) => (i === 33 ? black : i >= 100 && i < 120 ? still : undefined) }),
    );
    expect(pictures[0]!.black).toEqual([33]);
    expect(pictures[0]!.longestFrozen).toEqual({ start: 100, length: 20 });
    expect(codes(findings)).toEqual(expect.arrayContaining(['black-frames', 'frozen']));
  });

  it('shows bends to both sides, and no straights', async () => {
    const { strip } = await inspectRecording(drive(), { maxFrames: 10 });
    const { steeringAngle } = drive().columns;
    const sides = strip.map((sample) => Math.sign(steeringAngle![sample]!));
    expect(strip.every((sample) => Math.abs(steeringAngle![sample]!) > 0.3)).toBe(true);
    expect([sides.includes(1), sides.includes(-1)]).toEqual([true, true]);
  });

  it('looks at no more frames than asked, spread over the whole', async () => {
    const { pictures } = await inspectRecording(drive(), { maxFrames: 100 });
    expect(pictures[0]!.looked).toBe(100);
    expect(pictures[0]!.motion[0]!.findIndex((shift) => !Number.isNaN(shift))).toBeGreaterThan(100);
  });
});

describe('steering habits', () => {
  it('tells pulses of a key from an analogue wheel', () => {
    const keys = Float64Array.from({ length: 600 }, (_, i) => (i % 20 < 5 ? 0.25 : 0));
    expect(steeringHabits(keys, 20)).toMatchObject({
      restShare: 0.75,
      restAngle: 0,
      pulses: 29,
      pulseSeconds: 0.25,
      levels: 1,
    });
    const wheel = Float64Array.from({ length: 600 }, (_, i) => Math.sin(i / 30));
    const habits = steeringHabits(wheel, 20);
    expect(habits.restShare).toBeLessThan(0.01);
    expect(habits.leftShare).toBeCloseTo(0.5, 1);
  });
});

describe('column statistics', () => {
  it('counts, averages and bins the values that exist', () => {
    const statistics = columnStatistics(Float64Array.from([-1, 0, 1, 2, Number.NaN]), 4);
    expect(statistics).toMatchObject({ count: 4, missing: 1, min: -1, max: 2, mean: 0.5 });
    expect(statistics.deviation).toBeCloseTo(Math.sqrt(1.25), 12);
    expect(statistics.histogram).toEqual({ min: -2, max: 2, counts: [0, 1, 1, 2] });
    expect(columnStatistics(new Float64Array(3).fill(Number.NaN)).count).toBe(0);
  });

  it('correlates the pairs that exist', () => {
    expect(correlation([1, 2, 3, Number.NaN], [2, 4, 6, 9])).toEqual({ r: 1, pairs: 3 });
    expect(correlation([1, 2, 3], [3, 2, 1]).r).toBeCloseTo(-1, 12);
    expect(correlation([1, 1], [1, 2]).r).toBeNaN();
  });
});
