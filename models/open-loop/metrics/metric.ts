import type { Sequence } from './sequence.ts';

/** One figure by which predictions are judged, told completely: a file of its own, and a line in the registry. */
export interface OpenLoopMetric<Key extends string = string, Value = unknown> {
  /** Its key in `--json` and in the files of runs and tests. */
  readonly key: Key;
  /** What people call it. */
  readonly name: string;
  /** Unit of the value; `head` for that of the predictions. Empty for shares and ratios. */
  readonly unit: string;
  /** How it is computed, in words or signs. */
  readonly formula: string;
  /** Who defined or used it so. */
  readonly source: string;
  /** What it tells a person, and what it does not: a sentence without its full stop. */
  readonly explanation: string;
  readonly better: 'higher' | 'lower' | 'near 1' | 'near 0' | 'none';
  /** Whether it is told of the baselines too. */
  readonly ofBaselines: boolean;
  /** Its value; null where it has none, e.g. a ratio over nothing. The sequence is never empty. */
  of(sequence: Sequence): Value;
  /** The value for people, without the unit of the head. */
  format(value: NonNullable<Value>): string;
  /** What else is worth a line beside the value. */
  remark?(value: NonNullable<Value>): string;
}

/** Keeps the types of key and value, by which scores are typed. */
export function defineOpenLoopMetric<Key extends string, Value>(
  metric: OpenLoopMetric<Key, Value>,
): OpenLoopMetric<Key, Value> {
  return metric;
}

/** An error in the unit of the head, for people. */
export function formatError(value: number): string {
  return value.toFixed(4);
}
