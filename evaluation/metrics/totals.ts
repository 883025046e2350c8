import type { Total } from './metric.ts';

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Every episode counts the same, however long it is. */
export const MEAN: Total = {
  words: 'mean of the episodes',
  of: (values) => (values.length === 0 ? null : sum(values) / values.length),
};

export const SUM: Total = {
  words: 'sum of the episodes',
  of: (values) => (values.length === 0 ? null : sum(values)),
};
