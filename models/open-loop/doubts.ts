import type { Recording } from '../../datasets/recording/recording.ts';
import { rootMeanSquare } from '../../sim/maths/signals.ts';
import type { TrainingSummary } from '../files/model-format.ts';
import { correlation } from './metrics/correlation.ts';
import { meanOf, type Sequence } from './metrics/sequence.ts';

/** From here on two signals are the same one in another form. */
const ALIKE = 0.7;
const DEGREES_PER_RADIAN = 180 / Math.PI;

/** What makes one doubt that predictions and truth mean the same thing: sides and units. One line each. */
export function doubtsOf(sequence: Sequence): string[] {
  const r = correlation.of(sequence) ?? 0;
  const doubts: string[] = [];
  if (r < -ALIKE) {
    doubts.push(
      `the predictions steer right where the truth steers left (r = ${r.toFixed(2)}): one of the two counts right as positive`,
    );
  }
  const ratio = deviation(sequence.predicted) / deviation(sequence.truth);
  const factor = ratio > 1 ? ratio : 1 / ratio;
  if (Math.abs(r) > ALIKE && factor > DEGREES_PER_RADIAN * 0.6 && factor < DEGREES_PER_RADIAN * 1.6) {
    const [larger, smaller] = ratio > 1 ? ['predictions', 'truth'] : ['truth', 'predictions'];
    doubts.push(`the ${larger} are ${factor.toFixed(0)} times the ${smaller}: one of the two may be in degrees`);
  }
  return doubts;
}

/** Shapes of frames that differ by less look alike. */
const SAME_SHAPE = 0.1;

/** What makes one doubt that a model knows frames of this shape: they are all brought to its own. */
export function frameDoubts({ metadata: { cameras } }: Recording, training: TrainingSummary | null): string[] {
  const shown = cameras.centre ?? Object.values(cameras)[0];
  const learned = (training?.recordings ?? []).flatMap(({ frame }) => frame ?? []);
  if (shown === undefined || learned.length === 0) return [];
  const shape = ({ width, height }: { width: number; height: number }) => width / height;
  if (learned.some((frame) => Math.abs(shape(frame) / shape(shown) - 1) < SAME_SHAPE)) return [];
  const size = ({ width, height }: { width: number; height: number }) => `${width} x ${height}`;
  return [`its frames are ${size(shown)}, and the model learned from ${size(learned[0]!)}: it sees them squeezed`];
}

function deviation(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  return rootMeanSquare(Array.from(values, (value) => value - mean));
}
