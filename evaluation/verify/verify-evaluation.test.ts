import { expect, it } from 'vitest';
import { openSuite } from '../../headless/work/suites/open-suite.ts';
import { presetConditions } from '../../sim/conditions/presets.ts';
import { BLIND_EXPERT } from '../drivers/testing/blind-expert.ts';
import { evaluate } from '../evaluate.ts';
import type { Evaluation } from '../files/evaluation.ts';
import type { Suite } from '../suites/suite.ts';
import { verifyEvaluation } from './verify-evaluation.ts';

const driver = BLIND_EXPERT;

/** One road with one seed, twice: by day, and on ice in the wind. */
async function twoWorlds(): Promise<Suite> {
  const road = { ...(await openSuite('smoke')).episodes[3]!, route: 80 };
  const rough = { ...presetConditions('wind'), friction: 0.3 };
  return {
    name: 'two worlds',
    description: '',
    episodes: [
      { ...road, id: 'calm' },
      { ...road, id: 'rough', conditions: rough },
    ],
  };
}

const verify = (evaluation: Evaluation) =>
  verifyEvaluation({ evaluation, path: 'evaluation.json', open: async () => driver, parallel: 2 });

it('verifies one road under two conditions, each against its own drive', async () => {
  const { evaluation } = await evaluate({ suite: await twoWorlds(), driver, parallel: 2 });
  const [calm, rough] = evaluation.episodes;
  expect(calm!.stateHash).not.toBe(rough!.stateHash);
  const same = await verify(evaluation);
  expect(same.episodes).toMatchObject([
    { name: 'calm', same: true },
    { name: 'rough', same: true },
  ]);
  const { stateHash, secondHashes } = rough!;
  const exchanged = await verify({
    ...evaluation,
    episodes: [{ ...calm!, stateHash, secondHashes: secondHashes! }, rough!],
  });
  expect(exchanged.episodes.map((episode) => [episode.name, episode.same])).toEqual([
    ['calm', false],
    ['rough', true],
  ]);
});
