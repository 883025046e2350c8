import { type RunConfig, runConfigSchema } from '../../models/runs/run-config.ts';
import { type PreviewSample, previewTraining } from '../../models/training/preview.ts';
import { answerCalls } from '../../sim/calls/answer-calls.ts';
import { openForTraining } from '../host/open-recordings.ts';
import { PAGE } from '../workers/port.ts';
import { idsOf } from './run/recording-ids.ts';

const calls = {
  /** Frames of a run's recordings as the training would change them, with their labels. */
  async preview({ config: given, count }: { config: RunConfig; count: number }): Promise<PreviewSample[]> {
    const config = runConfigSchema.parse(given);
    const recordings = await openForTraining(idsOf(config));
    try {
      return await previewTraining(recordings, config, count);
    } finally {
      for (const recording of recordings) await recording.close();
    }
  },
};

export type PreviewCalls = typeof calls;
answerCalls(PAGE, calls);
