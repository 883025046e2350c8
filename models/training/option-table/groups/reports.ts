import { whole } from '../option.ts';

/** How often a training looks at itself; nothing of it changes the result. */
export const REPORTS = {
  reportEvery: whole({
    range: { min: 1 },
    default: 10,
    unit: 'steps',
    label: 'Report every',
    help: 'steps between two reports and checks of the loss',
  }),
  examineEvery: whole({
    range: { min: 0 },
    default: 0,
    unit: 'steps',
    label: 'Look inside every',
    help: 'steps between two examinations of all layers; 0: one at the end of each epoch',
  }),
};
