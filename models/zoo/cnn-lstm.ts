import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { dense } from '../layers/dense.ts';
import { lstm } from '../layers/lstm.ts';
import type { Architecture } from './architecture.ts';
import { NO_CROP } from './spec.ts';
import { convolutionStack, trunkOptions } from './trunk.ts';

const options = z.strictObject({
  ...trunkOptions,
  /** Units of the LSTM. */
  units: z.int().min(1).max(1024).default(64),
  /** Gives the measured speed to the LSTM beside the frame's features. */
  speedInput: z.boolean().default(false),
});

/**
 * A small convolutional trunk, run once over all frames with time folded into the batch, then an LSTM over the frames'
 * features, then one linear head per output. Past commands are never an input: a network that is given them learns to
 * copy them (de Haan et al. 2019) and drives worse for it.
 */
export const cnnLstm: Architecture<z.infer<typeof options>> = {
  name: 'cnn-lstm',
  summary:
    'The default: small enough for a step in a millisecond or two, with a memory for what one frame does not show.',
  source: 'after the winner of Udacity challenge 2 (komanda, 2016) and PilotNet (Bojarski et al. 2016)',
  input: {
    width: 160,
    height: 64,
    crop: NO_CROP,
    colourSpace: 'rgb',
    normalisation: { mean: [127.5, 127.5, 127.5], std: [64, 64, 64] },
    time: 8,
    rate: 20,
  },
  options,
  build(input, { units, speedInput, ...trunk }, store) {
    const features = convolutionStack(store, input, trunk);
    const width = features.outputShape[0]! + (speedInput ? 1 : 0);
    const memory = lstm(store, 'lstm', width, units);
    const heads = dense(store, 'heads', units, { units: 3 });
    return {
      multiplyAdds: features.multiplyAdds + memory.multiplyAdds + heads.multiplyAdds,
      initialState: (batch) => memory.initialState(batch),
      apply(frames, context) {
        const [batch, time, ...image] = frames.shape;
        const folded = tf.reshape(frames, [batch * time, ...image]);
        let seen = tf.reshape(features.apply(folded, context), [batch, time, -1]) as tf.Tensor3D;
        if (speedInput) seen = withSpeed(seen, context.speed);
        const state = context.state ?? memory.initialState(batch);
        const remembered = memory.apply(seen, state, context);
        const outputs = heads.apply(tf.reshape(remembered.output, [batch * time, units]), context);
        return { outputs: tf.reshape(outputs, [batch, time, 3]), state: remembered.state };
      },
    };
  },
};

/** Appends the speed, in tens of metres a second, to the features `[batch, time, features]`. */
export function withSpeed(features: tf.Tensor3D, speed: tf.Tensor2D | undefined): tf.Tensor3D {
  if (speed === undefined) throw new Error('this network takes the measured speed as an input, and none was given');
  return tf.concat([features, tf.expandDims(tf.div(speed, 10), -1) as tf.Tensor3D], -1);
}
