import * as tf from '../tf.ts';
import { type ConvolutionOptions, convolution } from './convolution.ts';
import type { Stage } from './stage.ts';
import type { VariableStore } from './variable-store.ts';

/**
 * A 3-D convolution over time, height and width that looks at this frame and the `depth` − 1 before it.
 *
 * The frames that it looks at, side by side as channels, make it an ordinary 2-D convolution. The state holds the last
 * `depth` − 1 inputs, zeros at first: `[batch, depth − 1, height, width, channel]`.
 */
export function causalConvolution(
  store: VariableStore,
  name: string,
  inputShape: readonly number[],
  depth: number,
  options: ConvolutionOptions,
): Stage {
  const [height, width, channels] = inputShape as [number, number, number];
  const flat = convolution(store, name, [height, width, depth * channels], options);
  const kept = depth - 1;
  return {
    name,
    outputShape: flat.outputShape,
    multiplyAdds: flat.multiplyAdds,
    initialState: (batch) => (kept === 0 ? [] : [tf.zeros([batch, kept, height, width, channels])]),
    apply(x, state, context) {
      if (kept === 0) return { output: flat.apply(x, context), state: [] };
      const { batch, time } = context;
      const frames = tf.reshape(x, [batch, time, height, width, channels]);
      const all = tf.concat([state[0]!, frames], 1);
      const from = (start: number, count: number): tf.Tensor =>
        tf.slice(all, [0, start, 0, 0, 0], [batch, count, height, width, channels]);
      const beside = Array.from({ length: depth }, (_, age) => from(age, time));
      const rows = tf.reshape(tf.concat(beside, 4), [batch * time, height, width, depth * channels]);
      return { output: flat.apply(rows, context), state: [from(time, kept)] };
    },
  };
}
