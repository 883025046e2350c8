import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { createStream } from '../../sim/random/stream.ts';
import type { Network } from '../network/network.ts';
import { readWeights, writeWeights } from '../network/weights.ts';
import * as tf from '../tf.ts';
import { Optimiser } from '../training/optimiser.ts';
import { type TrainingOptions, trainingOptions } from '../training/options.ts';
import { trainableOf, trainingStep } from '../training/step.ts';

/** How well a network learns a few windows by heart. */
export interface OverfitCheck {
  readonly before: number;
  readonly after: number;
  readonly steps: number;
  /** The loss has fallen a hundredfold: whatever is wrong with a training, it is not the path of the gradients. */
  readonly passed: boolean;
}

/**
 * Trains on the same few windows until the loss has fallen a hundredfold, or for `steps` steps. A network that cannot do
 * even this is wired wrongly, or its learning rate is. The weights are put back afterwards.
 * @param windows numbers of the windows, e.g. two
 */
export async function overfitTinyBatch(
  network: Network,
  source: WindowSource,
  windows: readonly number[],
  given: Partial<Pick<TrainingOptions, 'learningRate'>> & { readonly steps?: number } = {},
): Promise<OverfitCheck> {
  const { steps = 300, learningRate = 5e-3 } = given;
  const options = trainingOptions({ optimiser: 'adam', learningRate, loss: 'mse', gradientClipping: 0 });
  const optimiser = new Optimiser(options, trainableOf(network));
  const kept = await readWeights(network);
  const batch = await source.load(windows);
  const random = createStream(1, 'overfit');
  let before = Number.NaN;
  let after = Number.NaN;
  let step = 0;
  try {
    while (step < steps && !(after < before / 100)) {
      const result = trainingStep(network, optimiser, batch, options, learningRate, random);
      after = (await result.loss.data())[0]!;
      tf.dispose([result.loss, result.gradientNorm]);
      if (step === 0) before = after;
      step += 1;
    }
  } finally {
    writeWeights(network, kept);
    optimiser.dispose();
  }
  return { before, after, steps: step, passed: after < before / 100 };
}
