import { z } from 'zod';
import { Refusal } from '../../sim/refusal.ts';
import { OPTIMISERS } from '../kernels/optimiser-rules.ts';
import { scheduleSchema } from './schedule.ts';

const weight = z.number().min(0);

/** Everything that can be chosen about a training. */
export const trainingSchema = z.strictObject({
  seed: z.int().default(1),
  epochs: z.int().min(1).max(100_000).default(20),
  /** Windows a step. */
  batch: z.int().min(1).max(4096).default(4),
  /** Steps after which an epoch ends early; the next epoch draws anew. */
  stepsPerEpoch: z.int().min(1).optional(),
  optimiser: z.enum(OPTIMISERS).default('adam'),
  learningRate: z.number().positive().default(1e-3),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().positive().default(1e-7),
  l1: weight.default(0),
  l2: weight.default(0),
  /** Decoupled weight decay, for `adamw`. */
  decay: weight.default(0.01),
  schedule: scheduleSchema.default({ kind: 'cosine', floor: 0.01 }),
  /** Epochs over which the learning rate rises from 0. */
  warmUp: z.number().min(0).default(0.25),
  /** Largest norm of all gradients together; 0 for no limit. */
  clip: weight.default(5),
  /** `gaussian`: the negative log-likelihood of a normal distribution; for networks that predict their uncertainty. */
  loss: z.enum(['mse', 'mae', 'huber', 'gaussian']).default('huber'),
  /** Where Huber's loss turns from square to linear, in the network's scaled units. */
  huberDelta: z.number().positive().default(1),
  /** Share of each head in the loss. */
  headWeights: z
    .strictObject({ steeringAngle: weight, speed: weight, torque: weight })
    .default({ steeringAngle: 1, speed: 0.3, torque: 0.3 }),
  /** Head weights are learned, beginning with the given ones (Kendall, Gal & Cipolla 2018). */
  learnHeadWeights: z.boolean().default(false),
  /** Share of the averaged weights that a step keeps; the average is what is validated and saved. 0 for no averaging. */
  averaging: z.number().min(0).lt(1).default(0),
  /**
   * Windows that follow each other and share one memory, which is carried from the end of one to the start of the next
   * while gradients stop between them (truncated back-propagation through time). 1: every window starts afresh.
   * Windows come in order then, and `balance` has no effect.
   */
  carry: z.int().min(1).max(10_000).default(1),
  /** Layers that are not trained, by the beginning of their variables' names, e.g. `convolution-1`. */
  freeze: z.array(z.string().min(1)).default([]),
  /** Epochs after which frozen layers are trained, too; 0 for never. */
  unfreezeAfter: z.int().min(0).default(0),
  /** Leading steps of each window that do not count: the memory is still empty there. */
  ignoreFirst: z.int().min(0).default(0),
  /** Probability that a window is mirrored left to right, with angle and torque negated. */
  mirror: z.number().min(0).max(1).default(0.5),
  /**
   * Windows are shown as if the car stood up to this far beside its line, to either side [m], with steering that leads
   * back to it, less at higher speed; 0 for none.
   */
  lateralShift: z.number().min(0).max(2).default(0),
  /** Largest change of brightness and of a colour channel's share, as a share; 0 for none. */
  jitter: z.number().min(0).max(1).default(0.2),
  /** Largest rotation of the picture, either way [rad]; the labels stay. */
  rotation: z.number().min(0).max(0.3).default(0),
  /** Light and dark parts are spread differently: an exponent between 1 / (1 + gamma) and 1 + gamma; 0 for none. */
  gamma: z.number().min(0).max(2).default(0),
  /** Probability that a band of shadow lies over a window. */
  shadow: z.number().min(0).max(1).default(0),
  /** Largest standard deviation of noise on a window, of 255. */
  noise: z.number().min(0).max(64).default(0),
  /** Probability that a window is blurred by its neighbouring pixels. */
  blur: z.number().min(0).max(1).default(0),
  /** Probability that a patch of a window is covered. */
  erase: z.number().min(0).max(1).default(0),
  /** Draws windows so that all steering angles are seen about equally often: 0 as recorded … 1 fully. */
  balance: z.number().min(0).max(1).default(0.5),
  /** Epochs without a better validation loss after which training stops; 0 for never. */
  patience: z.int().min(0).default(6),
  /** Steps between two reports and checks of the loss. */
  reportEvery: z.int().min(1).default(10),
  /** Steps between two examinations of all layers; 0 for one at the end of each epoch. */
  examineEvery: z.int().min(0).default(0),
});

export type TrainingOptions = z.infer<typeof trainingSchema>;

/** Fills in the defaults. @throws Refusal naming the option that is unknown or out of range */
export function trainingOptions(given: unknown = {}): TrainingOptions {
  const parsed = trainingSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const field = path.map(String).join('.');
  throw new Refusal(
    'wrong-training-option',
    field === '' ? 'training options' : `training option ${field}`,
    message,
    'correct or remove it',
  );
}
