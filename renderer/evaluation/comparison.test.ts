import { describe, expect, it } from 'vitest';
import { type Evaluation, METRIC_VERSIONS } from '../../evaluation/files/evaluation.ts';
import { bestValues, FIGURES, roadsOf } from './comparison.ts';

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

describe('roadsOf', () => {
  it('puts the results of each road side by side, and leaves a gap where one was not driven', () => {
    const [long, short] = [evaluation([100, 60], 0.3), evaluation([90], 0.2)];
    const autonomies = roadsOf([short, long]).map(({ seed, results }) => [
      seed,
      ...results.map((one) => one?.autonomy),
    ]);
    expect(autonomies).toEqual([
      [0, 90, 100],
      [1, undefined, 60],
    ]);
  });
});
