import { BASELINES } from './baselines.ts';
import type { OpenLoopMetric } from './metrics/metric.ts';
import { OPEN_LOOP_METRICS } from './metrics/registry.ts';
import { runsOf, type Sequence } from './metrics/sequence.ts';

type Metric = (typeof OPEN_LOOP_METRICS)[number];
type Scores<Of extends Metric> = { readonly [One in Of as One['key']]: ReturnType<One['of']> };

/** What is told of a baseline. `ofBaselines` of a metric says which they are; the types know the two that always are. */
export type BaselineScore = Pick<Scores<Metric>, 'rmse' | 'mae'> & Partial<Scores<Metric>>;

/** Scores of predictions by every metric of the registry, and of what sees no image. */
export interface OpenLoopScore extends Scores<Metric> {
  /** Frames that were compared. */
  readonly frames: number;
  /** Frames a second [Hz]. */
  readonly rate: number;
  /** Runs of frames without a gap. */
  readonly runs: number;
  readonly baselines: {
    readonly zero: BaselineScore;
    readonly mean: BaselineScore;
    /** Null when no run is long enough. */
    readonly repeat: BaselineScore | null;
  };
}

/**
 * Scores predictions beside the truth by every metric of the registry.
 * @throws RangeError when the lengths differ or nothing is there
 */
export function openLoopScore(
  sequence: Sequence,
  metrics: readonly OpenLoopMetric[] = OPEN_LOOP_METRICS,
): OpenLoopScore {
  const { predicted, truth, rate } = sequence;
  if (predicted.length !== truth.length || truth.length === 0) {
    throw new RangeError(`${predicted.length} predictions cannot be compared with ${truth.length} true values`);
  }
  const baselines = BASELINES.map((baseline) => {
    const said = baseline.of(sequence);
    return [baseline.key, said && baselineScore(said, metrics)];
  });
  return {
    frames: truth.length,
    rate,
    runs: runsOf(sequence).length,
    ...(valuesOf(sequence, metrics) as Scores<Metric>),
    baselines: Object.fromEntries(baselines) as OpenLoopScore['baselines'],
  };
}

/** Scores of what is no model, by the metrics that are told of such. */
export function baselineScore(
  sequence: Sequence,
  metrics: readonly OpenLoopMetric[] = OPEN_LOOP_METRICS,
): BaselineScore {
  const told = metrics.filter(({ ofBaselines }) => ofBaselines);
  return valuesOf(sequence, told) as BaselineScore;
}

function valuesOf(sequence: Sequence, metrics: readonly OpenLoopMetric[]): unknown {
  return Object.fromEntries(metrics.map((metric) => [metric.key, metric.of(sequence)]));
}
