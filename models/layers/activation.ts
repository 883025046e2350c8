import type { FusedActivation } from '../kernels/fused-gradients.ts';
import * as tf from '../tf.ts';

export const ACTIVATIONS = ['linear', 'relu', 'leaky-relu', 'elu', 'tanh', 'sigmoid'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Splits an activation into the part that a kernel fuses and the part that follows it. */
export function fuse(activation: Activation): { fused: FusedActivation; rest: (x: tf.Tensor) => tf.Tensor } {
  if (activation === 'linear' || activation === 'relu') return { fused: activation, rest: (x) => x };
  return { fused: 'linear', rest: (x) => activate(activation, x) };
}

/** Any shape in, the same shape out. */
export function activate(activation: Activation, x: tf.Tensor): tf.Tensor {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'leaky-relu':
      return tf.leakyRelu(x, 0.1);
    case 'elu':
      return tf.elu(x);
    case 'tanh':
      return tf.tanh(x);
    case 'sigmoid':
      return tf.sigmoid(x);
  }
}
