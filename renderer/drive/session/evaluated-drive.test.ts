import { describe, expect, it } from 'vitest';
import { decodeDrive, encodeDrive } from '../../../evaluation/trace/drive-file.ts';
import { type TraceTick, traceOf } from '../../../evaluation/trace/drive-trace.ts';
import { presetConditions } from '../../../sim/conditions/presets.ts';
import { LIGHT_TRAFFIC } from '../../../sim/traffic/traffic-spec.ts';
import { evaluatedDrive } from './evaluated-drive.ts';
import { pastDriveIn } from './past-drive.ts';

const tick = (i: number): TraceTick => ({
  ...{ time: 10 + i / 20, x: i, y: -i, yaw: i / 100, actualSpeed: 9, steeringWheelAngle: i / 10 },
  ...{ steeringAngle: i / 5, speed: 10, torque: 1, expertSteeringAngle: -i / 5, expertSpeed: 11, expertTorque: -1 },
  ...{ lateralError: 0.1, progress: i, referenceSpeed: 11 },
});

describe('an evaluated drive', () => {
  const put = { time: 10.1, x: 2, y: -2, lateralError: 1.2 };
  const ticks = [0, 1, 2, 3].map(tick);
  const spec = {
    track: 'country:7:0.5',
    conditions: { ...presetConditions('fog'), colourSeed: 3 },
    seed: 3,
    traffic: LIGHT_TRAFFIC,
  };
  const file = decodeDrive(encodeDrive(spec, traceOf(ticks, [put])));

  it('is watched on its road, in its weather and among the others, from its first tick on', () => {
    const { setup, moments, incidents } = evaluatedDrive(file);
    expect(setup).toMatchObject({ track: 'country:7:0.5', preset: 'fog', seed: 3, traffic: LIGHT_TRAFFIC });
    expect(moments.map(({ time }) => time)).toEqual([0, 0.05, 0.1, 0.15].map((time) => expect.closeTo(time, 9)));
    expect(moments[2]).toMatchObject({
      state: { x: 2, y: -2, yaw: 0.02, speed: 9, steeringWheelAngle: 0.2 },
      commands: { person: null, driver: { steeringAngle: 0.4, speed: 10 }, expert: { steeringAngle: -0.4, speed: 11 } },
    });
    expect(incidents).toEqual([{ ...put, kind: 'strayed', time: expect.closeTo(0.1, 9), driverCommand: null }]);
  });

  it('must be whole', () => {
    const broken = JSON.parse(encodeDrive(spec, traceOf(ticks, [])));
    broken.columns.yaw.pop();
    expect(() => decodeDrive(JSON.stringify(broken))).toThrow(/differ in length/);
  });

  it('is found by an address', () => {
    const of = (query: string) => pastDriveIn(new URLSearchParams(query));
    expect(of('evaluation=e&episode=2&from=7.5')).toEqual({ evaluation: 'e', episode: 2, from: 7.5 });
    expect(of('evaluation=e&episode=-1&from=x')).toEqual({ evaluation: 'e', episode: 0, from: 0 });
    expect(of('replay=r')).toEqual({ recording: 'r' });
    expect(of('track=ring')).toBeNull();
  });
});
