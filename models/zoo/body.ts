import { z } from 'zod';
import { dense } from '../layers/dense.ts';
import { zeros } from '../layers/initialisers.ts';
import { chain, frameStage, type Stage } from '../layers/stage.ts';
import type { VariableStore } from '../layers/variable-store.ts';
import type { NetworkBody } from '../network/network.ts';
import { channelsOf, type InputSpec, OUTPUT_NAMES } from '../spec.ts';
import * as tf from '../tf.ts';
import { sideBySide } from './side-by-side.ts';

/** `[height, width, channel]` of what a network sees. */
export function imageShape(input: InputSpec): [number, number, number] {
  return [input.height, input.width, channelsOf(input.colourSpace)];
}

/** Option of networks with `withHeads`: their heads also predict how wrong they may be. */
export const uncertaintyOption = z.boolean().default(false);

/**
 * Stages, then one linear head per output on the features of the last.
 * @param uncertainty a second head for each output's ln σ², which begins at 0
 */
export function withHeads(
  store: VariableStore,
  input: InputSpec,
  stages: readonly Stage[],
  uncertainty = false,
): NetworkBody {
  const features = stages.at(-1)?.outputShape ?? imageShape(input);
  if (features.length !== 1) {
    throw new RangeError(
      `the heads need features, but the last layer gives an image [${features.join(', ')}]: flatten it`,
    );
  }
  const heads = dense(store, 'heads', features[0]!, { units: OUTPUT_NAMES.length });
  if (!uncertainty) return asBody(chain('network', [...stages, frameStage(heads)], imageShape(input)));
  const variances = dense(store, 'uncertainty', features[0]!, { units: OUTPUT_NAMES.length, initialiser: zeros });
  const both = sideBySide('heads', [frameStage(heads), frameStage(variances)]);
  return asBody(chain('network', [...stages, both], imageShape(input)));
}

/** A stage from frames to `[rows, 3]`, or with ln σ² beside to `[rows, 6]`, as a network. */
export function asBody(stage: Stage): NetworkBody {
  return {
    multiplyAdds: stage.multiplyAdds,
    initialState: (batch) => stage.initialState(batch),
    apply(frames, options) {
      const [batch, time, ...image] = frames.shape;
      const rows = tf.reshape(frames, [batch * time, ...image]);
      const state = options.state ?? stage.initialState(batch);
      const { output, state: next } = stage.apply(rows, state, { ...options, batch, time });
      const all = tf.reshape(output, [batch, time, output.shape[1]!]) as tf.Tensor3D;
      if (all.shape[2] === OUTPUT_NAMES.length) return { outputs: all, state: next };
      const [outputs, logVariance] = tf.split(all, 2, 2) as [tf.Tensor3D, tf.Tensor3D];
      return { outputs, logVariance, state: next };
    },
  };
}
