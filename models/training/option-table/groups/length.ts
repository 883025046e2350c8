import { SEED_RANGE } from '../../../../sim/number-range.ts';
import { decimal, whole, wholeOrAbsent } from '../option.ts';

/** How long a training goes on, and from which chance. */
export const LENGTH = {
  epochs: whole({
    range: { min: 1, max: 100_000 },
    default: 20,
    unit: 'epochs',
    label: 'Epochs',
    help: 'times through the data at most',
  }),
  stepsPerEpoch: wholeOrAbsent({
    range: { min: 1 },
    absent: 'all windows',
    unit: 'steps',
    label: 'Steps an epoch',
    help: 'steps after which an epoch ends early; the next one draws anew',
  }),
  batch: whole({
    range: { min: 1, max: 4096 },
    default: 16,
    unit: 'windows',
    label: 'Batch size',
    help: 'windows a step',
  }),
  learningRate: decimal({
    range: { above: 0 },
    default: 2e-3,
    label: 'Learning rate',
    help: 'largest learning rate of the schedule',
  }),
  patience: whole({
    range: { min: 0 },
    default: 8,
    unit: 'epochs',
    label: 'Early stopping',
    help: 'epochs without a better validation of the steering after which it stops; 0: never',
  }),
  seed: whole({
    range: SEED_RANGE,
    default: 1,
    label: 'Seed',
    help: 'seed of weights, order and augmentation',
    changesLoss: true,
  }),
};
