import { expect, it } from 'vitest';
import { MemoryStorage } from '../../datasets/storage/memory.ts';
import { compareEvaluations } from '../compare/compare-evaluations.ts';
import { metricVersions } from '../metrics/scores.ts';
import { syntheticDrive, syntheticInput } from '../report/testing/synthetic-drive.ts';
import type { Evaluation } from './evaluation.ts';
import { readEvaluation } from './read-evaluation.ts';

/** Two drives, the second of which stood: as version 1 of the formulas scored them. */
function earlier(): Evaluation {
  const { evaluation } = syntheticInput([syntheticDrive({ interventions: [20] }), syntheticDrive({ track: 'other' })]);
  const [driven, stood] = evaluation.episodes;
  const spec = { conditions: {}, route: 500, actuation: 'angle' };
  return {
    ...evaluation,
    metrics: { ...metricVersions(), autonomy: 1, speedRms: 1 },
    episodes: [driven!, { ...stood!, completed: 0, autonomy: 100, speedRms: 0 }].map(
      (episode) => ({ ...episode, spec: { ...spec, track: episode.track, seed: episode.seed } }) as never,
    ),
    summary: { ...evaluation.summary, completed: 0.5, autonomy: 95, interventions: 1 },
  };
}

async function read(evaluation: Evaluation): Promise<Evaluation> {
  const files = new MemoryStorage();
  await files.write('evaluation.json', JSON.stringify(evaluation));
  return readEvaluation(files);
}

it('scores evaluations of earlier versions again, as far as they say what that needs', async () => {
  const { episodes, summary, metrics, rescored } = await read(earlier());
  expect(episodes.map(({ autonomy, speedRms }) => [autonomy, speedRms])).toEqual([
    [90, 0.2],
    [0, null],
  ]);
  // Both took 60 s: 6 s for the intervention, and 60 s that nobody drove.
  expect(summary.autonomy).toBeCloseTo((1 - 66 / 120) * 100, 9);
  expect([metrics.autonomy, metrics.speedRms, rescored]).toEqual([2, 2, { autonomy: 1, speedRms: 1 }]);
});

it('leaves evaluations of today as they are', async () => {
  const { rescored, ...today } = { ...(await read(earlier())), metrics: metricVersions() };
  expect(rescored).toBeDefined();
  expect(await read(today)).toEqual(today);
});

it('lets comparisons say so', async () => {
  const before = await read(earlier());
  const { caveats } = compareEvaluations(before, { ...before, rescored: {} });
  expect(caveats).toEqual([
    'A: autonomy was written by version 1 of its formula; here it is that of version 2, computed from what the file says',
    'A: speedRms was written by version 1 of its formula; here it is that of version 2, computed from what the file says',
  ]);
});
