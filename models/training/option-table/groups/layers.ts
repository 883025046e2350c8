import { names, whole } from '../option.ts';

/** What of the network learns, and what its memory keeps between windows. */
export const LAYERS = {
  tbptt: whole({
    range: { min: 1, max: 10_000 },
    default: 1,
    unit: 'windows',
    label: 'Carried windows (TBPTT)',
    help: 'windows in a row that share one memory, while gradients stop between them; 1: each starts afresh',
    source: 'Williams & Peng 1990',
    formerly: 'carry',
  }),
  freeze: names({
    example: 'convolution-1,convolution-2',
    label: 'Frozen layers',
    help: 'layers that are not trained',
  }),
  unfreezeAfter: whole({
    range: { min: 0 },
    default: 0,
    unit: 'epochs',
    label: 'Unfreeze after',
    help: 'epochs after which frozen layers are trained, too; 0: never',
  }),
};
