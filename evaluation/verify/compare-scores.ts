import type { Score } from '../metrics/metric.ts';
import { METRICS } from '../metrics/registry.ts';
import { scoreOf } from '../metrics/scores.ts';

/** A score that is another one than was recorded, though the drive is the same. */
export interface ScoreDifference {
  /** Key of the metric. */
  readonly metric: string;
  readonly recorded: number;
  /** Null where today's drive has no such score. */
  readonly now: Score;
}

/** Engines differ in the last bits of `Math.sin` and its kin, relative to the value. */
const ROUNDING = 1e-9;

/**
 * The scores of an episode, or of a suite, that are not what they were.
 * @param versions of the metrics as they were recorded; what another formula gave is not compared, nor what was not recorded
 */
export function differentScores(
  recorded: object,
  now: object,
  versions: Readonly<Record<string, number>>,
): ScoreDifference[] {
  return METRICS.filter(({ key, version }) => versions[key] === version).flatMap((metric) => {
    const [before, after] = [scoreOf(metric, recorded), scoreOf(metric, now)];
    if (before === null) return [];
    const same = after !== null && Math.abs(after - before) <= ROUNDING * Math.max(1, Math.abs(before));
    return same ? [] : [{ metric: metric.key, recorded: before, now: after }];
  });
}
