import { dataSettings, trainingOptions } from '../../training/options.ts';
import type { MetricLine } from '../metric-lines.ts';
import { type RunConfig, runConfigSchema } from '../run-config.ts';

/** Settings of a run that nobody cares for. */
export function someRunConfig(part: Partial<RunConfig> = {}): RunConfig {
  const recordings = [{ id: 'some-recording' }];
  return runConfigSchema.parse({
    architecture: 'cnn-lstm',
    recordings,
    ...dataSettings(),
    training: trainingOptions(),
    ...part,
  });
}

/** First line of metrics that nobody cares for. */
export const SOME_PLAN: MetricLine = {
  kind: 'plan',
  parameters: 1,
  multiplyAdds: 1,
  layers: [],
  windows: { training: 1, validation: 1, test: 1 },
  smoothed: [],
  notes: [],
  backend: 'wasm',
  adapter: null,
};
