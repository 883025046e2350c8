import * as tf from '@tensorflow/tfjs-core';
import { dense } from '../layers/dense.ts';
import { chain, frameStage, type Stage } from '../layers/stage.ts';
import type { VariableStore } from '../layers/variable-store.ts';
import type { NetworkBody } from './network.ts';
import { channelsOf, type InputSpec, OUTPUT_NAMES } from './spec.ts';

/** `[height, width, channel]` of what a network sees. */
export function imageShape(input: InputSpec): [number, number, number] {
  return [input.height, input.width, channelsOf(input.colourSpace)];
}

/** Stages, then one linear head per output on the features of the last. */
export function withHeads(store: VariableStore, input: InputSpec, stages: readonly Stage[]): NetworkBody {
  const features = stages.at(-1)?.outputShape ?? imageShape(input);
  if (features.length !== 1) {
    throw new RangeError(
      `the heads need features, but the last layer gives an image [${features.join(', ')}]: flatten it`,
    );
  }
  const heads = dense(store, 'heads', features[0]!, { units: OUTPUT_NAMES.length });
  return asBody(chain('network', [...stages, frameStage(heads)], imageShape(input)));
}

/** A stage from frames to `[rows, 3]`, as a network. */
export function asBody(stage: Stage): NetworkBody {
  return {
    multiplyAdds: stage.multiplyAdds,
    initialState: (batch) => stage.initialState(batch),
    apply(frames, options) {
      const [batch, time, ...image] = frames.shape;
      const rows = tf.reshape(frames, [batch * time, ...image]);
      const state = options.state ?? stage.initialState(batch);
      const { output, state: next } = stage.apply(rows, state, { ...options, batch, time });
      return { outputs: tf.reshape(output, [batch, time, OUTPUT_NAMES.length]), state: next };
    },
  };
}
