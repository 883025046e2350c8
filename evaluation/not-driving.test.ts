import { beforeAll, describe, expect, it } from 'vitest';
import { openSuite } from '../headless/work/suites/open-suite.ts';
import type { Command } from '../sim/command.ts';
import type { Driver } from '../sim/drivers/driver.ts';
import { createExpert } from '../sim/drivers/expert.ts';
import { compareEvaluations } from './compare/compare-evaluations.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './files/evaluation.ts';
import type { Suite } from './suites/suite.ts';
import { unfinishedRoutes } from './unfinished.ts';

async function drive(name: string, createDriver: () => Driver): Promise<Evaluation> {
  const smoke = await openSuite('smoke');
  const episodes = smoke.episodes.slice(2).map((episode) => ({ ...episode, route: 200 }));
  const suite: Suite = { ...smoke, episodes };
  const devices = { backend: 'none', adapter: 'none' } as const;
  const identity = { path: name, digest: null };
  const { evaluation } = await evaluate({
    suite,
    driver: { name, ...devices, identity, createDriver, close() {} },
    parallel: 1,
  });
  return evaluation;
}

/** A car that always does the same, whatever it sees. */
const always = (command: Partial<Command>) => (): Driver => ({
  name: 'always',
  needsFrames: false,
  start() {},
  drive: () => ({ steeringAngle: 0, speed: 0, torque: 0, ...command }),
});

/** Drives like the expert for a while, then stops. */
function stopping(after: number): Driver {
  const expert = createExpert();
  return {
    ...expert,
    async drive(observation) {
      const command = await expert.drive(observation);
      return observation.time < after ? command : { ...command, speed: 0 };
    },
  };
}

describe('a car that does not drive its route', () => {
  let expert: Evaluation;
  beforeAll(async () => {
    expert = await drive('expert', createExpert);
  });

  it.each([
    ['stands', always({}), 0],
    ['crawls', always({ speed: 0.3 }), 20],
    ['circles at the start', always({ speed: 3, steeringAngle: 6 }), 50],
    ['drives backwards', always({ speed: -5 }), 0],
    ['stops half way', () => stopping(9), 70],
  ] as const)('has failed: it %s', async (name, createDriver, most) => {
    const evaluation = await drive(name, createDriver);
    const { summary, episodes } = evaluation;
    expect(summary.completed).toBeLessThan(1);
    expect(summary.autonomy).toBeLessThanOrEqual(most);
    expect(unfinishedRoutes(episodes)).toMatch(/^2 of 2 routes not driven to the end/);
    for (const { speedRms } of episodes) expect(speedRms).toBeGreaterThan(3);
    const { verdict, means } = compareEvaluations(evaluation, expert);
    expect(verdict).toMatchObject({ second: 100, ahead: 'second' });
    // Nothing puts it before who has driven.
    for (const mean of Object.values(means)) expect(mean.firstBetter).toBe(0);
  });

  it('is none that drives to the end', () => {
    expect(expert.summary).toMatchObject({ completed: 1, autonomy: 100, speedRms: 0 });
    expect(unfinishedRoutes(expert.episodes)).toBeNull();
  });
});
