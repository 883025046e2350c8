import { fusedConvolution } from '../kernels/fused-gradients.ts';
import * as tf from '../tf.ts';
import { he, xavier, zeros } from './initialisers.ts';
import type { Stage } from './stage.ts';
import type { VariableStore } from './variable-store.ts';

/**
 * An LSTM whose state is an image and whose products are convolutions (Shi et al. 2015, without peepholes).
 * `[batch · time, height, width, channel]` to `[…, height, width, filters]`; state: hidden, cell, images too.
 */
export function convLstm(
  store: VariableStore,
  name: string,
  inputShape: readonly number[],
  { filters, kernel }: { filters: number; kernel: number },
): Stage {
  const [height, width, channels] = inputShape as [number, number, number];
  const weights = store.create(`${name}/filter`, [kernel, kernel, channels, 4 * filters], he);
  const recurrent = store.create(`${name}/recurrent`, [kernel, kernel, filters, 4 * filters], xavier);
  const bias = store.create(`${name}/bias`, [4 * filters], (shape) =>
    // The forget gate starts open, as in the plain LSTM.
    Float32Array.from({ length: shape[0]! }, (_, k) => (k >= filters && k < 2 * filters ? 1 : 0)),
  );
  const none = store.create(`${name}/no-bias`, [4 * filters], zeros, false);
  const state = [height, width, filters];
  return {
    name,
    outputShape: state,
    multiplyAdds: height * width * 4 * filters * kernel * kernel * (channels + filters),
    initialState: (batch) => [tf.zeros([batch, ...state]), tf.zeros([batch, ...state])],
    apply(x, before, context) {
      const { batch, time } = context;
      const projected = fusedConvolution(x as tf.Tensor4D, weights as never, bias as never, 1, 'same', 'linear');
      const steps = tf.unstack(tf.reshape(projected, [batch, time, height, width, 4 * filters]), 1);
      let [hidden, cell] = before as [tf.Tensor, tf.Tensor];
      const outputs = steps.map((step) => {
        const own = fusedConvolution(hidden as tf.Tensor4D, recurrent as never, none as never, 1, 'same', 'linear');
        const [i, f, g, o] = tf.split(tf.add(step, own), 4, 3) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
        hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell));
        return hidden;
      });
      const output = tf.reshape(tf.stack(outputs, 1), [batch * time, ...state]);
      context.probe?.(name, output);
      return { output, state: [hidden, cell] };
    },
  };
}
