import { DEFAULTS, lossOfMeans, type SeenTraining, unseen } from './seen-training.ts';

/** A loss so many times that of always saying the mean is no slow learning any more. */
const FAR = 4;
/** In the first epoch a network may still be on its way from where it began. */
const VERY_FAR = 20;
/** By a gaussian loss, which is a logarithm, this much more [nats]. */
const FAR_IN_NATS = 3;

/**
 * Says that a training has diverged: that it is far worse than saying the mean, on what it learns from as on what it has
 * not seen. One that merely learns by heart does well on the former.
 * @returns one sentence with what to do; undefined when it has not
 */
export function divergence(seen: SeenTraining): string | undefined {
  const last = seen.history.at(-1);
  if (last === undefined) return undefined;
  const mean = lossOfMeans(seen.options);
  const isLost = !Number.isFinite(last.loss);
  if (!isLost && !isFar(last.loss, mean, seen)) return undefined;
  const steering = unseen(seen, 'steeringAngle');
  const off =
    steering?.kind === 'rmse'
      ? `its steering is off by ${figure(steering.model)} rad where saying nothing but the mean is off by ${figure(steering.baseline)}`
      : `the loss is ${isLost ? 'no number' : figure(last.loss)} where saying nothing but the mean costs ${figure(mean)}`;
  return `It has diverged: ${off}. Do not use this model. ${mendOf(seen)}`;
}

function isFar(loss: number, mean: number, { options, history }: SeenTraining): boolean {
  if (options.loss === 'gaussian') return loss > mean + FAR_IN_NATS;
  return loss > (history.length === 1 ? VERY_FAR : FAR) * mean;
}

function mendOf({ options }: SeenTraining): string {
  const { learningRate, optimiser, gradientClipping } = options;
  if (learningRate > DEFAULTS.learningRate) {
    return `Lower the learning rate: it is ${learningRate}, the default is ${DEFAULTS.learningRate} (--learning-rate).`;
  }
  if (gradientClipping === 0) return `Limit the gradients (--gradient-clipping ${DEFAULTS.gradientClipping}).`;
  const other =
    optimiser === DEFAULTS.optimiser ? '' : `, or train with ${DEFAULTS.optimiser} rather than ${optimiser}`;
  return `Lower the learning rate (--learning-rate ${figure(learningRate / 4)})${other}, and look for wrong labels with wheelhouse inspect.`;
}

/** A number for people. */
export function figure(value: number): string {
  return Number(value.toPrecision(2)).toString();
}
