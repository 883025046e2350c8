import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../evaluation/files/evaluation.ts';
import { metricVersions } from '../../evaluation/metrics/scores.ts';
import { CLEAR_DAY } from '../../sim/conditions/conditions.ts';
import { verdictLines } from './verdict.ts';

function driven(interventions: number, completed: number, changes: Partial<Evaluation> = {}): Evaluation {
  const track = 'country:1';
  const episode = {
    track,
    seed: 1,
    completed,
    autonomy: 100,
    interventions,
    lateralRms: 0.1,
    speedRms: 1,
    whiteness: 20,
    whitenessRatio: 1,
    simulatedSeconds: 60,
    wallSeconds: 1,
    stateHash: String(interventions),
    spec: { track, seed: 1, conditions: CLEAR_DAY, route: 500, actuation: 'angle' as const },
  };
  const summary = { autonomy: 100, completed, interventions, realTimeFactor: 1 };
  const about = { model: 'm', suite: 's', backend: 'wasm' as const, adapter: 'a', metrics: metricVersions() };
  return { ...about, episodes: [episode], summary, ...changes };
}

describe('the verdict on two evaluations', () => {
  it('names who is ahead, whose routes were not driven to their end, and what differs', () => {
    const lines = verdictLines(
      { name: 'Rain', evaluation: driven(3, 1) },
      { name: 'Fog', evaluation: driven(0, 0.4, { adapter: 'b' }) },
    );
    expect(lines[0]).toBe('“Rain” is ahead of “Fog”: autonomy 70.0 % beside 40.0 %.');
    expect(lines[1]).toMatch(/^“Fog”: 1 .*not driven to the end/);
    expect(lines[2]).toMatch(/the adapters differ: a and b/);
  });

  it('says why two may not be compared', () => {
    const other = driven(0, 1);
    const [episode] = other.episodes;
    const elsewhere = { ...episode!, track: 'city:2', spec: { ...episode!.spec!, track: 'city:2' } };
    const lines = verdictLines(
      { name: 'Rain', evaluation: driven(0, 1) },
      { name: 'Fog', evaluation: { ...other, episodes: [elsewhere] } },
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/cannot be compared: .*share no episode/);
  });
});
