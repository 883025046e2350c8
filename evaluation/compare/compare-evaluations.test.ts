import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../../sim/conditions/conditions.ts';
import { presetConditions } from '../../sim/conditions/presets.ts';
import { disturbanceSchema } from '../../sim/disturbances/registry.ts';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { EpisodeResult, Evaluation } from '../files/evaluation.ts';
import { metricVersions } from '../metrics/scores.ts';
import { compareEvaluations } from './compare-evaluations.ts';
import { pairEpisodes } from './pair-episodes.ts';

function result(track: string, changes: Partial<EpisodeResult> = {}, spec: Partial<EpisodeSpec> = {}): EpisodeResult {
  return {
    track,
    seed: 1,
    completed: 1,
    autonomy: 100,
    interventions: 0,
    lateralRms: 0.1,
    speedRms: 1,
    whiteness: 20,
    whitenessRatio: 1,
    simulatedSeconds: 60,
    wallSeconds: 1,
    stateHash: 'a',
    spec: { track, seed: changes.seed ?? 1, conditions: CLEAR_DAY, route: 500, actuation: 'angle', ...spec },
    ...changes,
  };
}

function evaluation(episodes: EpisodeResult[], changes: Partial<Evaluation> = {}): Evaluation {
  return {
    model: 'm',
    suite: 's',
    backend: 'wasm',
    adapter: 'a',
    metrics: metricVersions(),
    episodes,
    summary: { autonomy: 100, completed: 1, interventions: 0, realTimeFactor: 1 },
    ...changes,
  };
}

describe('two evaluations side by side', () => {
  const first = evaluation([result('x'), result('y', { lateralRms: 0.3, autonomy: 90, interventions: 1 })]);

  it('pairs episodes, and counts who is better by each metric', () => {
    const second = evaluation([result('y', { stateHash: 'b' }), result('x', { lateralRms: 0.2 })]);
    const { episodes, means, caveats } = compareEvaluations(first, second);
    expect(episodes.map(({ track, same }) => [track, same])).toEqual([
      ['x', true],
      ['y', false],
    ]);
    expect(means.autonomy).toEqual({ first: 95, second: 100, firstBetter: 0, secondBetter: 1 });
    expect(means.lateralRms!.first).toBeCloseTo(0.2, 12);
    expect(means.lateralRms).toMatchObject({ firstBetter: 1, secondBetter: 1 });
    expect(caveats).toEqual([]);
  });

  it('says who is ahead, and lets nothing that only tells of what was driven speak for who drove less', () => {
    const stood = { completed: 0, autonomy: 0, lateralRms: 0, whiteness: 0, whitenessRatio: 0, speedRms: 11 };
    const second = evaluation([result('x', { ...stood, simulatedSeconds: 95 }), result('y')]);
    const { means, verdict } = compareEvaluations(first, second);
    // One intervention in two drives of 60 s, against 95 of 155 s in which nobody drove.
    expect(verdict).toEqual({ first: 95, second: expect.closeTo((1 - 95 / 155) * 100, 9), ahead: 'first' });
    expect(compareEvaluations(second, first).verdict.ahead).toBe('second');
    expect(compareEvaluations(first, first).verdict.ahead).toBe('neither');
    for (const metric of ['autonomy', 'completed', 'speedRms']) expect(means[metric]).toMatchObject({ firstBetter: 1 });
    // In y, which both drove, the second one keeps the better line.
    expect(means.lateralRms).toMatchObject({ firstBetter: 0, secondBetter: 1 });
    expect(means.whiteness).toMatchObject({ firstBetter: 0, secondBetter: 0 });
  });

  it('takes the ratio nearer to 1 for the better one, and no mean where nothing was measured', () => {
    const restless = evaluation([
      result('x', { whitenessRatio: 1.5, collisions: 2 }),
      result('y', { whitenessRatio: null }),
    ]);
    const { means } = compareEvaluations(evaluation([result('x', { whitenessRatio: 0.9 }), result('y')]), restless);
    expect(means.whitenessRatio).toEqual({ first: 0.9, second: 1.5, firstBetter: 1, secondBetter: 0 });
    expect(means.collisions).toEqual({ first: null, second: null, firstBetter: 0, secondBetter: 0 });
  });

  it('says what makes the two hard to compare', () => {
    const metrics = { ...metricVersions(), whiteness: metricVersions().whiteness! + 1 };
    const second = evaluation([result('x')], { adapter: 'b', backend: 'webgpu', suite: 't', metrics });
    expect(compareEvaluations(first, second).caveats).toHaveLength(5);
  });

  it('does not take a metric that only one of them knows for another formula', () => {
    const { collisions: _, ...older } = metricVersions();
    expect(compareEvaluations(first, { ...first, metrics: older }).caveats).toEqual([]);
  });

  it('refuses two that share nothing', () => {
    expect(() => compareEvaluations(first, evaluation([result('x', { seed: 2 })]))).toThrow(
      /share no episode; evaluate/,
    );
  });
});

const PUSH = disturbanceSchema.parse({ kind: 'push', force: 500, towards: 'left', time: 3, duration: 1 });

describe('the episodes of two evaluations', () => {
  const night = { conditions: presetConditions('night') };
  const hashes = (first: Evaluation, second: Evaluation) =>
    compareEvaluations(first, second).episodes.map((pair) => [pair.first.stateHash, pair.second.stateHash]);

  it('are the same where road, seed, conditions and all else is', () => {
    const first = evaluation([result('x', { stateHash: 'day' }), result('x', { stateHash: 'night' }, night)]);
    const second = evaluation([result('x', { stateHash: 'night 2' }, night), result('x', { stateHash: 'day 2' })]);
    expect(hashes(first, second)).toEqual([
      ['day', 'day 2'],
      ['night', 'night 2'],
    ]);
    const torque = evaluation([result('x', {}, { actuation: 'torque' })]);
    expect(() => compareEvaluations(first, torque)).toThrow(/share no episode/);
    const conditions = Object.fromEntries(Object.entries(CLEAR_DAY).reverse()) as unknown as typeof CLEAR_DAY;
    const reordered = evaluation([result('x', {}, { conditions })]);
    expect(hashes(first, reordered)).toEqual([['day', 'a']]);
    const undisturbed = evaluation([result('x', {}, { disturbances: [] })]);
    expect(hashes(first, undisturbed)).toEqual([['day', 'a']]);
    const pushed = evaluation([result('x', {}, { disturbances: [PUSH] })]);
    expect(() => compareEvaluations(first, pushed)).toThrow(/share no episode/);
  });

  it('are the same where their ids are, whatever the world; a caveat says that it is another', () => {
    const first = evaluation([
      result('x', { stateHash: '1' }, { id: 'one' }),
      result('x', { stateHash: '2' }, { id: 'two' }),
    ]);
    const hindered = evaluation([
      result('x', { stateHash: '2 by night' }, { id: 'two', ...night }),
      result('x', { stateHash: '1 by night' }, { id: 'one', ...night }),
    ]);
    expect(hashes(first, hindered)).toEqual([
      ['1', '1 by night'],
      ['2', '2 by night'],
    ]);
    expect(compareEvaluations(first, hindered).caveats).toEqual(['2 of 2 episodes were driven in another world']);
    // An id is one of its suite: on another road, or with another seed, it is another episode.
    expect(() => compareEvaluations(first, evaluation([result('y', {}, { id: 'one' })]))).toThrow(/share no episode/);
  });

  it('are found in an evaluation that is older than ids', () => {
    const named = evaluation([result('x', { stateHash: 'new' }, { id: 'one' })]);
    expect(hashes(named, evaluation([result('x', { stateHash: 'old' })]))).toEqual([['new', 'old']]);
  });

  it('that do not say what was driven are left out, and it is said', () => {
    const { spec: _, ...untold } = result('x');
    const { episodes, caveats } = compareEvaluations(
      evaluation([untold, result('y')]),
      evaluation([untold, result('y')]),
    );
    expect(episodes.map(({ track }) => track)).toEqual(['y']);
    expect(caveats).toContain('2 results are too old to say what they drove, and are left out');
  });

  it('that cannot be told apart are refused by their places', () => {
    const twins = evaluation([result('x'), result('y'), result('x')]);
    expect(() => compareEvaluations(twins, twins)).toThrow(Refusal);
    expect(() => compareEvaluations(twins, twins)).toThrow(/^s: episodes\.0 and episodes\.2: both are x, seed 1/);
  });

  it('stand side by side for any number of evaluations, with a gap where one was not driven', () => {
    const long = evaluation([result('x', { autonomy: 100 }), result('y', { autonomy: 60 })]);
    const short = evaluation([result('x', { autonomy: 90 })]);
    const other = evaluation([result('y', { autonomy: 70 }), result('x', { autonomy: 80 }, night)]);
    expect(pairEpisodes([short, long, other]).map((row) => row.map((one) => one?.autonomy))).toEqual([
      [90, 100, undefined],
      [undefined, 60, 70],
      [undefined, undefined, 80],
    ]);
  });
});
