import { describe, expect, it } from 'vitest';
import { refuseFailed } from '../../sim/check-report.ts';
import type { Driver } from '../../sim/drivers/driver.ts';
import { createDrowsy } from '../../sim/drivers/drowsy.ts';
import { createExpert } from '../../sim/drivers/expert.ts';
import { createWeaving } from '../../sim/drivers/weaving.ts';
import { checkDriver } from './check-driver.ts';

const failed = async (make: () => Driver) => {
  const { checks } = await checkDriver(make);
  for (const { passed, mend } of checks) expect(mend === '').toBe(passed);
  return checks.filter(({ passed }) => !passed).map(({ name, what }) => `${name}: ${what}`);
};

/** Turns by what the middle of the frame says. */
function looker(own: Partial<Driver> = {}): Driver {
  let last = 0;
  return {
    name: 'looker',
    needsFrames: true,
    start() {
      last = 0;
    },
    drive({ frames }) {
      last = frames.centre ? frames.centre.pixels[77_000]! / 255 - 0.5 : last;
      return { steeringAngle: last, speed: 5, torque: 0 };
    },
    relocated() {
      last = 0;
    },
    ...own,
  };
}

describe('checkDriver', () => {
  it.each([
    ['expert', () => createExpert()],
    ['drowsy', () => createDrowsy()],
    ['weaving', () => createWeaving()],
    ['one that looks', () => looker()],
  ] as const)('finds nothing wrong with the %s', async (_, make) => {
    expect(await failed(make)).toEqual([]);
  });

  it('says what is wrong: no numbers, and what follows from it', async () => {
    const faults = await failed(() => looker({ drive: () => ({ steeringAngle: Number.NaN, speed: 5, torque: 0 }) }));
    expect(faults[0]).toMatch(/^drives: driver looker: the command's steeringAngle is NaN at 0\.00 s/);
  });

  it('says what is wrong: degrees', async () => {
    const faults = await failed(() => looker({ drive: () => ({ steeringAngle: 90, speed: 5, torque: 0 }) }));
    expect(faults).toEqual([expect.stringMatching(/^in-range: steeringAngle is 90 at tick 0, outside -/)]);
  });

  it('says what is wrong: chance that has no seed, and a past that outlives the episode', async () => {
    let calls = 0;
    const faults = await failed(() => looker({ drive: () => ({ steeringAngle: ++calls / 1e4, speed: 5, torque: 0 }) }));
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['same-twice', 'same-from-new', 'forgets']);
  });

  it('says what is wrong: a memory that is kept when the car is put back', async () => {
    const keeps = () => {
      let sum = 0;
      return looker({
        start() {
          sum = 0;
        },
        drive({ frames }) {
          sum = 0.9 * sum + 0.001 * (frames.centre?.pixels[77_000] ?? 0);
          return { steeringAngle: sum, speed: 5, torque: 0 };
        },
        relocated() {},
      });
    };
    expect(await failed(keeps)).toEqual([expect.stringMatching(/^forgets: 0 ticks after the car was put back/)]);
  });

  it('says what is wrong: a frame that was dropped, and disposing twice', async () => {
    const needy = looker({
      drive: ({ frames }) => ({ steeringAngle: frames.centre!.width / 1e4, speed: 5, torque: 0 }),
    });
    expect(await failed(() => needy)).toEqual([expect.stringMatching(/^without-frame: .*undefined/)]);
    let disposed = false;
    const once = looker({
      dispose() {
        if (disposed) throw new Error('it is gone already');
        disposed = true;
      },
    });
    expect(await failed(() => once)).toEqual(['disposes: it is gone already']);
  });

  it('refuses only on request', async () => {
    const report = await checkDriver(() => looker({ drive: () => ({ steeringAngle: 90, speed: -1, torque: 0 }) }));
    expect(report).toMatchObject({ subject: 'looker', passed: false });
    expect(() => refuseFailed(report)).toThrow(/looker: in-range: steeringAngle is 90 .*; bound the commands/);
    expect(() => refuseFailed({ ...report, checks: [] })).not.toThrow();
  });
});
