import { decimal } from '../option.ts';
import type { OptionGroup } from '../table.ts';

/** An option as one would be added to the table: the tests make schema, flag, field and documentation of it. */
export const SAMPLE_GROUP = {
  title: 'Samples',
  options: {
    labelNoise: decimal({
      range: { min: 0, below: 1 },
      default: 0.25,
      unit: 'rad',
      label: 'Label noise',
      help: 'largest noise on the steering that is learned',
      source: 'Nobody 2026',
    }),
  },
} satisfies OptionGroup;
