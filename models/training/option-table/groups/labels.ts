import { z } from 'zod';
import { choice, decimal, numberSchema } from '../option.ts';

/** How recordings are told apart; a split of single frames is refused, as it would measure memory. */
export const SPLITS = ['time-block', 'recording'] as const;

const SMOOTHING = { min: 0, max: 10 };
const SHARE = { range: { min: 0, max: 0.5 }, unit: 'share', slider: { max: 0.4, step: 0.05 } } as const;

/** What is learned as the truth, and what of it is kept to judge by. */
export const LABELS = {
  smoothing: {
    kind: 'number',
    whole: false,
    range: SMOOTHING,
    word: { value: 'auto', label: 'as needed: pulses only', suggestions: [0, 0.2, 0.4, 0.8, 1.6] },
    schema: z.union([z.literal('auto'), numberSchema(SMOOTHING)]).default('auto'),
    unit: 's',
    label: 'Steering smoothed over',
    help: 'smooths the steering before it is learned; 0: not; auto: where it comes in pulses, as from a keyboard',
    source: 'docs/decisions/pulsed-steering.md',
  } as const,
  labelShift: decimal({
    range: { min: -5, max: 5 },
    default: 0,
    unit: 's',
    label: 'Label shift',
    help: 'labels are taken this much later than the frame; negative for earlier',
    changesLoss: true,
  }),
  split: choice({
    values: SPLITS,
    labels: { 'time-block': 'blocks of time', recording: 'whole recordings' },
    default: 'time-block',
    label: 'Split by',
    help: 'what validates: blocks of time in each recording, or whole recordings',
    changesLoss: true,
  }),
  validationShare: decimal({
    ...SHARE,
    default: 0.1,
    flag: 'validation',
    label: 'Validation',
    help: 'share of the samples that validates',
    changesLoss: true,
  }),
  testTail: decimal({
    ...SHARE,
    default: 0.1,
    label: 'Held back at the end',
    help: 'share of each recording’s end that is only scored',
    changesLoss: true,
  }),
};
