import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { compareEvaluations } from '../../../evaluation/compare/compare-evaluations.ts';
import type { EpisodeResult, Evaluation } from '../../../evaluation/files/evaluation.ts';
import { METRICS } from '../../../evaluation/metrics/registry.ts';
import { metricVersions } from '../../../evaluation/metrics/scores.ts';
import { fullLock } from '../../../evaluation/metrics/testing/full-lock.ts';
import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import { Output } from '../../machine/terminal/output.ts';
import { printComparison, printEpisode, printEvaluation } from './score-tables.ts';

const WITH_ONE_MORE = [...METRICS, fullLock];
const episode = {
  ...{
    track: 'country:7',
    seed: 7,
    completed: 1,
    autonomy: 99.96,
    drivingScore: 62.5,
    interventions: 0,
    lateralRms: 0.123,
    speedRms: 1.2,
  },
  ...{ whiteness: 20, whitenessRatio: null, simulatedSeconds: 60, wallSeconds: 2, stateHash: 'ab', fullLock: 1.5 },
  spec: { track: 'country:7', seed: 7, conditions: CLEAR_DAY, route: 500, actuation: 'angle' },
} satisfies EpisodeResult & { fullLock: number };
const evaluation: Evaluation = {
  ...{ model: 'm', suite: 's', backend: 'none', adapter: 'none', metrics: metricVersions(), episodes: [episode] },
  summary: { autonomy: 99.96, completed: 1, interventions: 0, drivingScore: 62.5, realTimeFactor: 30 },
};

/** What was printed, one entry a line, with single spaces. */
async function printed(print: (output: Output) => void): Promise<string[]> {
  const stdout = new PassThrough();
  print(new Output(stdout, new PassThrough()));
  stdout.end();
  return (await text(stdout)).split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim());
}

it('prints a row an episode, with every metric that a wide table has a place for', async () => {
  const lines = await printed((output) => printEvaluation(evaluation, output, WITH_ONE_MORE));
  expect(lines[0]).toBe(
    'episode completed autonomy driving score interventions lateral RMS speed RMS whiteness whiteness ratio full lock',
  );
  // 99.96 must not look like a clean drive, and a ratio over nothing has no value.
  expect(lines[1]).toBe('country:7 100 % 99.9 % 62.5 % 0 0.12 m 1.20 m/s 20.0 deg/s – 1.50 rad');
  expect(lines).toContain('completed 100 %, autonomy 99.9 %, driving score 62.5 %, interventions 0, 30.0 × real time');
});

it('prints every metric of one drive', async () => {
  const lines = await printed((output) => printEpisode(episode, output, WITH_ONE_MORE));
  for (const { name } of WITH_ONE_MORE) expect(lines.some((line) => line.startsWith(`${name} `))).toBe(true);
  expect(lines).toContain('full lock 1.50 rad');
});

it('prints two side by side, and the mean of every metric', async () => {
  const calmer = { ...evaluation, episodes: [{ ...episode, fullLock: 0.5, stateHash: 'cd' }] };
  const comparison = compareEvaluations(evaluation, calmer, WITH_ONE_MORE);
  const lines = await printed((output) => printComparison(evaluation, calmer, comparison, output, WITH_ONE_MORE));
  expect(lines.find((line) => line.startsWith('episode'))).toMatch(/ full lock A B$/);
  expect(lines.find((line) => line.startsWith('country:7'))).toMatch(/ 1\.50 rad 0\.50 rad$/);
  expect(lines).toContain('full lock 1.50 rad 0.50 rad 0 1');
  expect(lines).toContain('whiteness ratio – – 0 0');
});
