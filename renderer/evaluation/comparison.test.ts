import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../evaluation/files/evaluation.ts';
import type { Score } from '../../evaluation/metrics/metric.ts';
import { METRICS } from '../../evaluation/metrics/registry.ts';
import { metricVersions } from '../../evaluation/metrics/scores.ts';
import { fullLock } from '../../evaluation/metrics/testing/full-lock.ts';
import { bestValues, figuresOf } from './comparison.ts';

function evaluation(autonomies: readonly number[], lateralRms: number): Evaluation {
  const episodes = autonomies.map((autonomy, seed) => ({
    track: 'country:1',
    seed,
    completed: 1,
    autonomy,
    interventions: 0,
    lateralRms,
    speedRms: 1,
    whiteness: 20,
    whitenessRatio: 1,
    simulatedSeconds: 50,
    wallSeconds: 5,
    stateHash: '',
  }));
  const sum = autonomies.reduce((total, autonomy) => total + autonomy, 0);
  const summary = { autonomy: sum / autonomies.length, completed: 1, interventions: 0, realTimeFactor: 10 };
  return { model: 'm', suite: 'smoke', backend: 'wasm', adapter: 'none', metrics: metricVersions(), episodes, summary };
}

const FIGURES = figuresOf();
const named = (values: readonly Score[]) => Object.fromEntries(FIGURES.map(({ name }, i) => [name, values[i]]));

describe('bestValues', () => {
  it('takes the higher autonomy and the smaller error', () => {
    const best = named(bestValues([evaluation([100, 60], 0.3), evaluation([90, 80], 0.2)], FIGURES));
    expect(best).toMatchObject({ Autonomy: 85, 'Worst episode': 80, 'Lateral RMS': 0.2 });
  });

  it('calls nothing best where all are equal, or there is only one', () => {
    const best = named(bestValues([evaluation([100], 0.3), evaluation([100], 0.2)], FIGURES));
    expect(best.Autonomy).toBeNull();
    expect(best.Whiteness).toBeNull();
    for (const value of bestValues([evaluation([100], 0.3)], FIGURES)) expect(value).toBeNull();
  });
});

describe('figuresOf', () => {
  it('lists what is registered, with its own best direction and words', () => {
    const figures = figuresOf([...METRICS, fullLock]);
    const added = figures.at(-1)!;
    expect(added.name).toBe('Full lock');
    const [calm, wild] = [0.5, 2].map((angle) => {
      const one = evaluation([100, 100], 0.3);
      return { ...one, episodes: one.episodes.map((episode) => ({ ...episode, fullLock: angle })) };
    });
    expect(added.format(added.of(wild!))).toBe('2.00 rad');
    expect(bestValues([wild!, calm!], figures).at(-1)).toBe(0.5);
    // An evaluation that is older than the metric has no value, and is not the worse for it.
    expect(bestValues([evaluation([100], 0.3), calm!], figures).at(-1)).toBeNull();
    expect(added.format(added.of(evaluation([100], 0.3)))).toBe('–');
  });
});
