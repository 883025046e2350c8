import type { ColumnStatistics } from '../../../datasets/inspection/column-statistics.ts';
import type { TrainingSummary } from '../../../models/files/model-format.ts';
import type { ModelSpec } from '../../../models/spec.ts';

/** What is in a model folder, as data. */
export interface ModelInspection {
  readonly name: string;
  readonly spec: ModelSpec;
  readonly parameters: number;
  /** For one frame. */
  readonly multiplyAdds: number;
  readonly training: TrainingSummary | null;
  readonly variables: readonly VariableInspection[];
}

/** One variable and what its numbers are like. */
export interface VariableInspection extends ColumnStatistics {
  readonly name: string;
  readonly shape: readonly number[];
}
