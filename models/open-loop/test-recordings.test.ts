import { beforeAll, describe, expect, it } from 'vitest';
import { createRecording, type Recording } from '../../datasets/recording/recording.ts';
import { hashRecording, hashSteering } from '../../datasets/recording/recording-hash.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import { createNetwork, createSpec } from '../zoo/zoo.ts';
import { readAngleTable } from './files/angle-table.ts';
import { pairAngles } from './files/pair-angles.ts';
import { predictionsTable } from './files/predictions-table.ts';
import { openLoopScore } from './open-loop-score.ts';
import { type TestOptions, testRecordings } from './test-recordings.ts';

const size = { width: 160, height: 64 };

interface Drive {
  readonly rate?: number;
  readonly camera?: string;
  /** Samples before which time jumps by 10 s. */
  readonly gaps?: readonly number[];
}

/** A drive on grey pictures, the brighter the further the wheel is turned. */
function drive(name: string, angles: readonly number[] | undefined, length: number, more: Drive = {}): Recording {
  const { rate = 20, camera = 'centre', gaps = [] } = more;
  const time = Float64Array.from({ length }, (_, i) => i / rate + 10 * gaps.filter((gap) => gap <= i).length);
  const load = async (index: number) => {
    const shade = 100 + 20 * (angles?.[index] ?? 0);
    return { ...size, time: time[index]!, pixels: new Uint8Array(size.width * size.height * 3).fill(shade) };
  };
  return createRecording({
    metadata: { format: 'test', name, rate, timeSource: 'recorded', cameras: { [camera]: size }, conversions: [] },
    columns: { time, ...(angles && { steeringAngle: Float64Array.from(angles) }) },
    cameras: { [camera]: { has: () => true, load } },
  });
}

const wave = Array.from({ length: 120 }, (_, i) => Math.sin(i / 12));
/** Key presses of 0.2 s, sixteen of them. */
const keys = Array.from({ length: 240 }, (_, i) => (i % 15 < 4 ? 1 + (i % 3) : 0));
const network = () => createNetwork(createSpec('cnn-lstm'), 3);
const test = (recordings: readonly Recording[], options: Partial<TestOptions> = {}) =>
  testRecordings(network(), recordings, { training: null, ...options });

beforeAll(() => openForTests('wasm'));

describe('a model on recordings', () => {
  it('is scored on each and on all frames together, beside the baselines', async () => {
    const { tests, overall, stopped } = await test([drive('a', wave, 120), drive('b', wave.slice(0, 60), 60)]);
    expect(stopped).toBe(false);
    expect(tests.map(({ frames }) => frames)).toEqual([120, 60]);
    const [a, b] = tests.map(({ report }) => report.steeringAngle!);
    expect(overall!.steeringAngle!.frames).toBe(180);
    expect(overall!.steeringAngle!.rmse).toBeCloseTo(Math.sqrt((120 * a!.rmse ** 2 + 60 * b!.rmse ** 2) / 180), 6);
    expect(overall!.steeringAngle!.runs).toBe(2);
    expect(a!.baselines.zero.rmse).toBeCloseTo(Math.sqrt(0.5), 1);
    expect(overall!.speed).toBeUndefined();
  });

  it('forgets what it has seen where there is a gap', async () => {
    const apart = await test([drive('apart', [...wave, ...wave], 240, { gaps: [120] })]);
    const { predicted } = apart.tests[0]!.predictions.steeringAngle;
    expect([...predicted.subarray(120)]).toEqual([...predicted.subarray(0, 120)]);
    const together = (await test([drive('together', [...wave, ...wave], 240)])).tests[0]!.predictions.steeringAngle;
    expect(together.predicted[120]).not.toBe(predicted[120]);
  });

  it('is judged by smoothed pulses, whatever it was taught, and by what was recorded beside it', async () => {
    const { tests, overall } = await test([drive('keys', keys, 240), drive('wheel', wave, 120)]);
    expect(tests.map(({ smoothing }) => smoothing)).toEqual([0.8, 0]);
    const [pulsed, smooth] = tests.map(({ report }) => report.steeringAngle!);
    expect(Math.max(...tests[0]!.predictions.steeringAngle.truth)).toBeLessThan(1.5);
    expect(pulsed!.recorded!.baselines.zero.rmse).toBeGreaterThan(1.5 * pulsed!.baselines.zero.rmse);
    expect(pulsed!.recorded!.floor.rmse).toBeGreaterThan(0.5);
    expect(smooth!.recorded).toBeUndefined();
    expect(overall!.steeringAngle!.recorded!.frames).toBe(360);
    const raw = await test([drive('keys', keys, 240)], { training: { smoothing: 0 } });
    expect(raw.tests[0]!.report).toEqual(tests[0]!.report);
  });

  it('is shown what a slow recording has, at its rate', async () => {
    const { tests, overall } = await test([drive('slow', wave, 120, { rate: 10 }), drive('quick', wave, 120)]);
    expect(tests.map(({ rate, frames }) => [rate, frames])).toEqual([
      [expect.closeTo(10, 6), 120],
      [20, 120],
    ]);
    // The same predictions at half the rate are half as restless.
    const [slow, quick] = tests.map(({ report }) => report.steeringAngle!.whiteness!);
    expect(slow).toBeCloseTo(quick! / 2, 6);
    const mean = Math.sqrt((119 * slow! ** 2 + 119 * quick! ** 2) / 238);
    expect(overall!.steeringAngle!.whiteness).toBeCloseTo(mean, 6);
  });

  it('tells whether it was trained on them', async () => {
    const recording = drive('a', wave, 120);
    const sha256 = await hashRecording(recording);
    const steering = hashSteering(recording)!;
    const seen = async (one: object) => {
      const training = { recordings: [{ name: 'x', samples: 1, sha256: 'x', ...one }] };
      return (await test([recording], { training })).tests[0]!.seen;
    };
    expect(await seen({ sha256 })).toBe('same');
    expect(await seen({ steering })).toBe('steering');
    expect(await seen({ name: 'a' })).toBe('name');
    expect(await seen({})).toBe('never');
    expect((await test([recording])).tests[0]!.seen).toBe('unknown');
  });

  it('stops when told to and keeps the recordings that are finished', async () => {
    const stop = new AbortController();
    const stopped = await test([drive('a', wave, 120), drive('b', wave, 120)], {
      signal: stop.signal,
      onProgress: (frames) => frames > 130 && stop.abort(),
    });
    expect(stopped).toMatchObject({ stopped: true, tests: [{ frames: 120 }] });
    expect(stopped.overall!.steeringAngle!.frames).toBe(120);
  });

  it('refuses what it cannot be shown or compared with', async () => {
    await expect(test([drive('blind', undefined, 20)])).rejects.toThrow(
      /blind: .*no steering angles to compare with; /,
    );
    await expect(test([drive('rear', wave, 20, { camera: 'rear' })], { camera: 'left' })).rejects.toThrow(
      /rear: .*no camera "left"; choose one of: rear/,
    );
    const none = { ...drive('none', wave, 20), cameras: {} };
    await expect(test([none])).rejects.toThrow(/none: .*no images/);
  });

  it('writes predictions that are read back with the same scores', async () => {
    const { tests } = await test([drive('keys', keys, 240, { gaps: [100] })]);
    const table = predictionsTable(tests[0]!);
    expect(table.split('\n')[0]).toBe('sample,time,steering_angle,smoothed_steering_angle,predicted_steering_angle');
    const pairs = pairAngles(readAngleTable(table, 'p', 'predicted'), readAngleTable(table, 't', 'truth'));
    expect(pairs).toMatchObject({ by: 'time', rate: 20 });
    const score = openLoopScore({ ...pairs, rate: 20 });
    const { recorded } = tests[0]!.report.steeringAngle!;
    expect(score.runs).toBe(2);
    for (const key of ['rmse', 'mae', 'whiteness', 'correlation'] as const) {
      expect(score[key]).toBeCloseTo(recorded![key]!, 3);
    }
  });
});
