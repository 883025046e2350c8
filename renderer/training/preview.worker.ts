import { groundView } from '../../datasets/augmentation/ground-view.ts';
import { createWindowSource } from '../../datasets/windows/window-source.ts';
import { type PreviewSample, previewSamples } from '../../models/training/preview.ts';
import { findArchitecture } from '../../models/zoo/zoo.ts';
import { openForTraining } from '../host/open-recordings.ts';
import { answerCalls } from '../workers/calls.ts';
import { type RunConfig, runConfigSchema } from './run/run-config.ts';

const calls = {
  /** Frames of a run's recordings as the training would change them, with their labels. */
  async preview({ config: given, count }: { config: RunConfig; count: number }): Promise<PreviewSample[]> {
    const config = runConfigSchema.parse(given);
    const recordings = await openForTraining(config.recordings);
    const own = findArchitecture(config.architecture).input;
    const { width = own.width, height = own.height, crop = own.crop, smoothing, labelShift, sideCameras } = config;
    const inputSize = { width, height };
    const learned = { smoothing, labelShift, sideCameras };
    const source = createWindowSource(recordings, { time: 1, inputSize, crop, ...learned });
    return previewSamples(source, inputSize, groundView(recordings, inputSize, crop), config.training, count);
  },
};

export type PreviewCalls = typeof calls;
answerCalls(calls);
