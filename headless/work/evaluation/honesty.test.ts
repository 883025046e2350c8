import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driveSuite } from '../../../evaluation/drive/drive-suite.ts';
import type { Evaluation } from '../../../evaluation/files/evaluation.ts';
import type { Suite } from '../../../evaluation/suites/suite.ts';
import { createModelDriver } from '../../../models/policy/model-driver.ts';
import { createPolicy } from '../../../models/policy/policy.ts';
import { createNetwork } from '../../../models/zoo/zoo.ts';
import type { Conditions } from '../../../sim/conditions/conditions.ts';
import type { Driver } from '../../../sim/drivers/driver.ts';
import { type OpenedDriver, openDriver } from '../drivers/open-driver.ts';
import { openSuite } from '../suites/open-suite.ts';

/** Metres of each road: the two roads of the smoke suite with most bends, far enough to meet several of them. */
const ROUTE = 280;

/**
 * Controls that a closed loop must fail when its model does not look. If one of these drives well, the score measures
 * something else than driving by sight.
 */
describe('honesty of the closed loop', () => {
  let opened: OpenedDriver;
  let seeing: Evaluation['summary'] & { lateralRms: number };
  beforeAll(async () => {
    opened = await openDriver('default', { backend: 'wasm' });
    seeing = await drive();
  });
  afterAll(() => opened.close());

  async function drive(
    camera: Partial<Conditions['camera']> = {},
    createDriver: () => Driver = opened.createDriver,
  ): Promise<typeof seeing> {
    const { episodes, summary } = await driveSuite({
      suite: shortened(await openSuite('smoke'), camera),
      createDriver,
      cameras: opened.cameras!,
      parallel: 2,
    });
    const squares = episodes.map(({ result }) => result.lateralRms * result.lateralRms);
    return { ...summary, lateralRms: Math.sqrt((squares[0]! + squares[1]!) / 2) };
  }

  it('lets the shipped model pass when it sees', () => {
    expect(seeing).toMatchObject({ autonomy: 100, completed: 1, interventions: 0 });
  });

  it('fails the same model with its camera blanked', async () => {
    const blind = await drive({ blank: true });
    expect(blind.interventions).toBeGreaterThan(0);
    expect(blind.autonomy).toBeLessThan(90);
  });

  it('scores it worse with frames half a second old', async () => {
    const late = await drive({ delay: 0.5 });
    expect(late.autonomy).toBeLessThanOrEqual(seeing.autonomy);
    expect(late.lateralRms).toBeGreaterThan(1.2 * seeing.lateralRms);
  });

  it('fails an untrained network of the same kind', async () => {
    const network = createNetwork(opened.spec!, 7);
    const untrained = await drive({}, () => createModelDriver('untrained', createPolicy(network)));
    network.dispose();
    expect(untrained.completed < 1 || untrained.autonomy < 90).toBe(true);
  });
});

function shortened(suite: Suite, camera: Partial<Conditions['camera']>): Suite {
  const episodes = suite.episodes.slice(2).map((episode) => ({
    ...episode,
    route: ROUTE,
    conditions: { ...episode.conditions, camera: { ...episode.conditions.camera, ...camera } },
  }));
  return { ...suite, episodes };
}
