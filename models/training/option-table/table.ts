import { FRAMES } from './groups/frames.ts';
import { LABELS } from './groups/labels.ts';
import { LAYERS } from './groups/layers.ts';
import { LENGTH } from './groups/length.ts';
import { LOSS } from './groups/loss.ts';
import { OPTIMISATION } from './groups/optimisation.ts';
import { REGULARISATION } from './groups/regularisation.ts';
import { REPORTS } from './groups/reports.ts';
import type { OptionTable, TrainingOption } from './option.ts';

/** How a network learns. */
export const TRAINING_TABLE = {
  ...LENGTH,
  ...OPTIMISATION,
  ...LOSS,
  ...LAYERS,
  ...REGULARISATION,
  ...REPORTS,
};

/** What it learns from. */
export const DATA_TABLE = { ...FRAMES, ...LABELS };

/** Every option of a training by its name. */
export const OPTION_TABLE: OptionTable = { ...TRAINING_TABLE, ...DATA_TABLE };

/** Options that belong together. */
export interface OptionGroup {
  readonly title: string;
  readonly options: OptionTable;
}

/** All options, in the order in which people are shown them. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  { title: 'Length of the training', options: LENGTH },
  { title: 'Frames and windows', options: FRAMES },
  { title: 'Optimisation', options: OPTIMISATION },
  { title: 'Loss', options: LOSS },
  { title: 'Layers and memory', options: LAYERS },
  { title: 'Regularisation and augmentation', options: REGULARISATION },
  { title: 'Labels and validation', options: LABELS },
  { title: 'Reports', options: REPORTS },
];

/** An option by its name; undefined when there is none. */
export function findOption(name: string): TrainingOption | undefined {
  return Object.hasOwn(OPTION_TABLE, name) ? OPTION_TABLE[name] : undefined;
}
