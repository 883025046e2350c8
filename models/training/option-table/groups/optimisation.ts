import { OPTIMISERS } from '../../../kernels/optimiser-rules.ts';
import { SCHEDULES, scheduleSchema } from '../../schedule.ts';
import { choice, decimal } from '../option.ts';

/** How gradients become steps. */
export const OPTIMISATION = {
  optimiser: choice({
    values: OPTIMISERS,
    default: 'adam',
    label: 'Optimiser',
    help: 'how a gradient becomes a step',
    source: 'models/kernels/optimiser-rules.ts',
  }),
  schedule: {
    kind: 'variant',
    kinds: SCHEDULES,
    schema: scheduleSchema.prefault({ kind: 'cosine' }),
    label: 'Schedule',
    help: 'how the learning rate falls; its settings are schedule.floor, schedule.epochs and schedule.factor',
    source: 'cosine: Loshchilov & Hutter 2017',
  } as const,
  warmUp: decimal({
    range: { min: 0 },
    default: 0.25,
    unit: 'epochs',
    label: 'Warm-up',
    help: 'epochs over which the learning rate rises from 0',
  }),
  beta1: decimal({
    range: { min: 0, below: 1 },
    default: 0.9,
    label: 'Momentum (β₁)',
    help: 'share of the remembered gradient that a step keeps',
    source: 'Kingma & Ba 2015',
  }),
  beta2: decimal({
    range: { min: 0, below: 1 },
    default: 0.999,
    label: 'Memory of squares (β₂)',
    help: 'share of the remembered squares that a step keeps',
    source: 'Kingma & Ba 2015',
  }),
  epsilon: decimal({
    range: { above: 0 },
    default: 1e-7,
    label: 'Epsilon',
    help: 'added to a divisor, so that steps stay finite where gradients vanish',
  }),
  gradientClipping: decimal({
    range: { min: 0 },
    default: 5,
    label: 'Gradient clipping',
    help: 'largest norm of all gradients together; 0: no limit',
    source: 'Pascanu, Mikolov & Bengio 2013',
    formerly: 'clip',
  }),
  ema: decimal({
    range: { min: 0, below: 1 },
    default: 0,
    label: 'Weight averaging (EMA)',
    help: 'share of the averaged weights that a step keeps; the average is validated and saved; 0: none',
    source: 'Polyak & Juditsky 1992',
    formerly: 'averaging',
  }),
};
