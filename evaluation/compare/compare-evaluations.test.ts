import { describe, expect, it } from 'vitest';
import { type EpisodeResult, type Evaluation, METRIC_VERSIONS } from '../files/evaluation.ts';
import { compareEvaluations } from './compare-evaluations.ts';

function result(track: string, changes: Partial<EpisodeResult> = {}): EpisodeResult {
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
    ...changes,
  };
}

function evaluation(episodes: EpisodeResult[], changes: Partial<Evaluation> = {}): Evaluation {
  return {
    model: 'm',
    suite: 's',
    backend: 'wasm',
    adapter: 'a',
    metrics: METRIC_VERSIONS,
    episodes,
    summary: { autonomy: 100, completed: 1, interventions: 0, realTimeFactor: 1 },
    ...changes,
  };
}

describe('two evaluations side by side', () => {
  const first = evaluation([result('x'), result('y', { lateralRms: 0.3, autonomy: 90, interventions: 1 })]);

  it('pairs episodes by road and seed, and counts who is better by each score', () => {
    const second = evaluation([result('y', { stateHash: 'b' }), result('x', { lateralRms: 0.2 })]);
    const { episodes, means, caveats } = compareEvaluations(first, second);
    expect(episodes.map(({ track, same }) => [track, same])).toEqual([
      ['x', true],
      ['y', false],
    ]);
    expect(means.autonomy).toEqual({ first: 95, second: 100, firstBetter: 0, secondBetter: 1 });
    expect(means.lateralRms.first).toBeCloseTo(0.2, 12);
    expect(means.lateralRms).toMatchObject({ firstBetter: 1, secondBetter: 1 });
    expect(caveats).toEqual([]);
  });

  it('says what makes the two hard to compare', () => {
    const metrics = { ...METRIC_VERSIONS, whiteness: METRIC_VERSIONS.whiteness + 1 };
    const second = evaluation([result('x')], { adapter: 'b', backend: 'webgpu', suite: 't', metrics });
    expect(compareEvaluations(first, second).caveats).toHaveLength(5);
  });

  it('refuses two that share nothing', () => {
    expect(() => compareEvaluations(first, evaluation([result('x', { seed: 2 })]))).toThrow(
      /share no episode; evaluate/,
    );
  });
});
