import { defineOpenLoopMetric } from './metric.ts';
import { isAngle, meanOf, type Sequence } from './sequence.ts';

/** Angles no larger than this are straight on [rad]. */
const STRAIGHT = 0.02;
const DIRECTIONS = [-1, 0, 1] as const;

const directionOf = (angle: number) => (Math.abs(angle) <= STRAIGHT ? 0 : Math.sign(angle));

/** Mean F1 of the directions that are in the truth or were predicted. */
function meanF1({ predicted, truth }: Sequence): number {
  const scores = DIRECTIONS.flatMap((direction) => {
    let [hits, called, there] = [0, 0, 0];
    for (let t = 0; t < truth.length; t++) {
      const isCalled = directionOf(predicted[t]!) === direction;
      const isThere = directionOf(truth[t]!) === direction;
      if (isCalled) called++;
      if (isThere) there++;
      if (isCalled && isThere) hits++;
    }
    return called + there === 0 ? [] : [(2 * hits) / (called + there)];
  });
  return meanOf(scores);
}

export const directionF1 = defineOpenLoopMetric({
  key: 'directionF1',
  name: 'direction F1',
  unit: '',
  formula: `mean of the F1 scores of left, straight (|angle| ≤ ${STRAIGHT} rad) and right; null for other heads`,
  source: 'Osiński et al., arXiv 1911.12905, appendix: it followed real driving',
  explanation: 'Whether it steers to the right side, whatever the size',
  better: 'higher',
  ofBaselines: true,
  of: (sequence): number | null => (isAngle(sequence) ? meanF1(sequence) : null),
  format: (value) => value.toFixed(3),
  remark: () => `left, straight (within ${STRAIGHT} rad) and right told apart`,
});
