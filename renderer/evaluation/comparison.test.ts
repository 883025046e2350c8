import { describe, expect, it } from 'vitest';
import { type Evaluation, METRIC_VERSIONS } from '../../datasets/evaluation/evaluation.ts';
import { bestValues, FIGURES } from './comparison.ts';

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
  return { model: 'm', suite: 'smoke', backend: 'wasm', adapter: 'none', metrics: METRIC_VERSIONS, episodes, summary };
}

const named = (values: readonly number[]) => Object.fromEntries(FIGURES.map(({ name }, i) => [name, values[i]]));

describe('bestValues', () => {
  it('takes the higher autonomy and the smaller error', () => {
    const best = named(bestValues([evaluation([100, 60], 0.3), evaluation([90, 80], 0.2)]));
    expect(best).toMatchObject({ Autonomy: 85, 'Worst episode': 80, 'Off the middle': 0.2 });
  });

  it('calls nothing best where all are equal, or there is only one', () => {
    const best = named(bestValues([evaluation([100], 0.3), evaluation([100], 0.2)]));
    expect(best.Autonomy).toBeNaN();
    expect(best.Whiteness).toBeNaN();
    for (const value of bestValues([evaluation([100], 0.3)])) expect(value).toBeNaN();
  });
});
