import { createWindowSource } from '../../datasets/windows/window-source.ts';
import { checkNetwork, type NetworkCheck } from '../../models/inspection/check-network.ts';
import { type RunConfig, runConfigSchema } from '../../models/runs/run-config.ts';
import { estimateOutputs } from '../../models/training/labels.ts';
import { completeData } from '../../models/training/training-settings.ts';
import { createNetwork, createSpec, findArchitecture } from '../../models/zoo/zoo.ts';
import { answerCalls } from '../../sim/calls/answer-calls.ts';
import { openForTraining } from '../host/open-recordings.ts';
import { openWorkerBackend } from '../workers/backend.ts';
import { PAGE } from '../workers/port.ts';
import { idsOf } from './run/recording-ids.ts';

const calls = {
  /** Checks the network of a run on the first windows of its first recording. */
  async check(given: RunConfig): Promise<NetworkCheck> {
    const config = runConfigSchema.parse(given);
    const [recording] = await openForTraining(idsOf(config).slice(0, 1));
    await openWorkerBackend(config.backend);
    const { width, height, time, crop } = completeData(config.architecture, config);
    const { rate } = recording!.metadata;
    const input = { ...findArchitecture(config.architecture).input, width, height, time, crop, rate };
    const windows = createWindowSource([recording!], { time, stride: time, inputSize: { width, height }, crop });
    const outputs = await estimateOutputs(windows);
    const spec = createSpec(config.architecture, { input, outputs, options: config.networkOptions ?? {} });
    const network = createNetwork(spec, config.training.seed);
    try {
      return await checkNetwork(network, windows);
    } finally {
      network.dispose();
    }
  },
};

export type NetworkCheckCalls = typeof calls;
answerCalls(PAGE, calls);
