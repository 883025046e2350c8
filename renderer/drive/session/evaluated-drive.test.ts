import { describe, expect, it } from 'vitest';
import { type DriveTick, decodeDrive, encodeDrive } from '../../../datasets/evaluation/drive-file.ts';
import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import { evaluatedDrive } from './evaluated-drive.ts';
import { pastDriveIn } from './past-drive.ts';

const tick = (i: number): DriveTick => ({
  ...{ time: 10 + i / 20, x: i, y: -i, yaw: i / 100, actualSpeed: 9, steeringWheelAngle: i / 10 },
  ...{ steeringAngle: i / 5, speed: 10, torque: 1, expertSteeringAngle: -i / 5, expertSpeed: 11, expertTorque: -1 },
});

describe('an evaluated drive', () => {
  const put = { time: 10.1, x: 2, y: -2, lateralError: 1.2 };
  const ticks = [0, 1, 2, 3].map(tick);
  const file = decodeDrive(encodeDrive('country:7:0.5', { ...CLEAR_DAY, light: 'dusk' }, ticks, [put]));

  it('is watched on its road and in its light, from its first tick on', () => {
    const { setup, moments, incidents } = evaluatedDrive(file);
    expect(setup).toMatchObject({ track: 'country:7:0.5', light: 'dusk' });
    expect(moments.map(({ time }) => time)).toEqual([0, 0.05, 0.1, 0.15].map((time) => expect.closeTo(time, 9)));
    expect(moments[2]).toMatchObject({
      state: { x: 2, y: -2, yaw: 0.02, speed: 9, steeringWheelAngle: 0.2 },
      commands: { person: null, driver: { steeringAngle: 0.4, speed: 10 }, expert: { steeringAngle: -0.4, speed: 11 } },
    });
    expect(incidents).toEqual([{ ...put, kind: 'strayed', time: expect.closeTo(0.1, 9), driverCommand: null }]);
  });

  it('must be whole', () => {
    const broken = JSON.parse(encodeDrive('t', CLEAR_DAY, ticks, []));
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
