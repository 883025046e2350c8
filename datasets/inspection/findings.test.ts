import { describe, expect, it } from 'vitest';
import { createRecording, type Recording } from '../recording/recording.ts';
import { inspectRecording } from './inspect.ts';

const COUNT = 1200;
const RATE = 20;

function recordingOf(columns: Readonly<Record<string, (i: number) => number>>): Recording {
  const values = Object.entries(columns).map(([name, value]) => [
    name,
    Float64Array.from({ length: COUNT }, (_, i) => value(i)),
  ]);
  return createRecording({
    metadata: { format: 'test', name: 'drive', rate: RATE, timeSource: 'recorded', cameras: {}, conversions: [] },
    columns: { time: Float64Array.from({ length: COUNT }, (_, i) => i / RATE), ...Object.fromEntries(values) },
    cameras: {},
  });
}

const wheel = (i: number) => Math.sin(i / 40);

async function found(columns: Readonly<Record<string, (i: number) => number>>) {
  const { findings } = await inspectRecording(recordingOf(columns));
  return new Map(findings.map(({ code, message, advice }) => [code, `${message} ${advice}`]));
}

describe('what inspection says of labels', () => {
  it('tells units that cannot be, and with which factor they are mended', async () => {
    const degrees = await found({ steeringAngle: (i) => 190 * wheel(i), speed: () => 140 + wheel(0) });
    expect(degrees.get('steering-unit')).toMatch(/190 rad.*degrees.*--scale steering=0\.0174533/);
    expect(degrees.get('speed-unit')).toMatch(/140 m\/s.*--scale speed=0\.277778/);
    const twice = await found({ steeringAngle: (i) => 0.015 * wheel(i) });
    expect(twice.get('steering-unit')).toMatch(/0\.9 degrees at most.*--scale steering=57\.2958/);
    expect((await found({ steeringAngle: wheel })).has('steering-unit')).toBe(false);
  });

  it('tells labels that never change', async () => {
    const constant = await found({ steeringAngle: () => 0.2, speed: () => 13.5, torque: (i) => wheel(i) });
    expect(constant.get('no-turns')).toMatch(/^The wheel never moves: it stays at 11\.5 degrees\./);
    expect(constant.get('constant-speed')).toMatch(/13\.50 m\/s throughout\..*--set headWeights\.speed=0/);
    expect(constant.has('constant-torque')).toBe(false);
  });

  it('tells that no sample has a label', async () => {
    const none = await found({ steeringAngle: () => Number.NaN });
    expect(none.get('no-steering')).toMatch(/^No sample has a steering angle\. .*compare the times/);
  });

  it('tells dropouts, with the values around the first and the command that mends them', async () => {
    const dropped = new Set([130, 300, 301, 777]);
    const values = await found({ steeringAngle: (i) => (dropped.has(i) ? 0 : 3.4 + wheel(i)) });
    expect(values.get('dropouts-steeringAngle')).toMatch(
      /falls away 3 times .* at sample 130, 300 and 777 \(3\.\d+, 0\.00, 3\.\d+\)\. .*--dropouts interpolate/,
    );
  });

  it('tells a turn at full lock at walking pace, and only where the rest is driving', async () => {
    const turn = (i: number) => i >= 500 && i < 560;
    const values = await found({ steeringAngle: (i) => (turn(i) ? 8 : wheel(i)), speed: (i) => (turn(i) ? 1.2 : 9) });
    expect(values.get('full-lock')).toMatch(/60 samples \(3 s\), from sample 500 on.*wheelhouse edit/);
    const slow = await found({ steeringAngle: (i) => (turn(i) ? 8 : wheel(i)), speed: () => 1.2 });
    expect(slow.has('full-lock')).toBe(false);
  });
});
