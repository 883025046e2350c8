import { describe, expect, it } from 'vitest';
import { Refusal } from '../../sim/refusal.ts';
import { metricVersions } from '../metrics/scores.ts';
import { type Evaluation, parseEvaluation } from './evaluation.ts';

const EVALUATION: Evaluation = {
  model: 'default',
  suite: 'smoke',
  backend: 'wasm',
  adapter: 'llvmpipe (software rendering)',
  metrics: metricVersions(),
  episodes: [
    {
      track: 'country:1',
      seed: 1,
      completed: 1,
      autonomy: 100,
      interventions: 0,
      lateralRms: 0.1,
      speedRms: 0.2,
      whiteness: 12,
      whitenessRatio: null,
      simulatedSeconds: 60,
      wallSeconds: 3,
      stateHash: 'ab',
    },
  ],
  summary: { autonomy: 100, completed: 1, interventions: 0, realTimeFactor: 20 },
};

function changed(change: (evaluation: Evaluation) => void): string {
  const evaluation = structuredClone(EVALUATION);
  change(evaluation);
  return JSON.stringify(evaluation);
}

describe('parseEvaluation', () => {
  it('reads back what was written', () => {
    expect(parseEvaluation(JSON.stringify(EVALUATION), 'evaluation.json')).toEqual(EVALUATION);
  });

  it.each([
    ['{', /^evaluation\.json: is not JSON/],
    ['[]', /^evaluation\.json: the document: /],
    [
      changed((one) => Object.assign(one.episodes[0]!, { autonomy: 130 })),
      /^evaluation\.json: episodes\.0\.autonomy: /,
    ],
    [changed((one) => Object.assign(one.episodes[0]!, { seed: null })), /^evaluation\.json: episodes\.0\.seed: /],
    [changed((one) => Reflect.deleteProperty(one, 'summary')), /^evaluation\.json: summary: /],
  ])('refuses what is not an evaluation and names the field: %s', (text, message) => {
    expect(() => parseEvaluation(text, 'evaluation.json')).toThrow(Refusal);
    expect(() => parseEvaluation(text, 'evaluation.json')).toThrow(message);
  });
});
