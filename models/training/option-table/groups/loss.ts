import { z } from 'zod';
import { choice, decimal, numberSchema, onOff, whole } from '../option.ts';

const WEIGHT = { min: 0 };
const share = numberSchema(WEIGHT);

/** What a training makes small. */
export const LOSS = {
  loss: choice({
    values: ['huber', 'mse', 'mae', 'gaussian'],
    default: 'huber',
    label: 'Loss',
    help: 'what is made small; gaussian, a negative log-likelihood, is for networks that predict their uncertainty',
    source: 'Huber 1964; gaussian: Nix & Weigend 1994',
    changesLoss: true,
  }),
  huberDelta: decimal({
    range: { above: 0 },
    default: 1,
    label: 'Huber’s delta',
    help: 'where Huber’s loss turns from square to linear, in the network’s scaled units',
    source: 'Huber 1964',
    changesLoss: true,
  }),
  headWeights: {
    kind: 'numbers',
    parts: { steeringAngle: 'steering angle', speed: 'speed', torque: 'torque' },
    range: WEIGHT,
    example: '1,0.3,0.3',
    schema: z
      .strictObject({ steeringAngle: share.default(1), speed: share.default(0.3), torque: share.default(0.3) })
      .prefault({}),
    label: 'Head weights',
    help: 'how much each head counts in the loss',
    changesLoss: true,
  } as const,
  learnHeadWeights: onOff({
    label: 'Learn the head weights',
    help: 'head weights are learned, beginning with the given ones',
    source: 'Kendall, Gal & Cipolla 2018',
  }),
  ignoreFirst: whole({
    range: { min: 0 },
    default: 0,
    unit: 'frames',
    label: 'Leading frames ignored',
    help: 'leading frames of a window that do not count: the memory is still empty there',
    changesLoss: true,
  }),
};
