import * as tf from '@tensorflow/tfjs-core';
import { fusedProduct } from '../kernels/fused-gradients.ts';
import { LSTM_FORWARD } from '../kernels/recurrent/lstm-kernels.ts';
import { type Initialiser, orthogonal, xavier } from './initialisers.ts';
import type { LayerContext } from './layer.ts';
import type { VariableStore } from './variable-store.ts';

/** A layer over sequences `[batch, time, features]` that carries a state from call to call. */
export interface RecurrentLayer {
  readonly name: string;
  readonly units: number;
  /** Multiply-adds for one time step of one row. */
  readonly multiplyAdds: number;
  /** Zeros, `[batch, units]` each. */
  initialState(batch: number): tf.Tensor[];
  /** @returns output `[batch, time, units]` and the state after the last step */
  apply(
    x: tf.Tensor3D,
    state: readonly tf.Tensor[],
    context: LayerContext,
  ): { output: tf.Tensor3D; state: tf.Tensor[] };
}

/** Bias of the gates i, f, g, o: the forget gate starts open (1), so that the past is kept until learned otherwise. */
const openForgetGate: Initialiser = (shape) => {
  const units = shape[0]! / 4;
  return Float32Array.from({ length: shape[0]! }, (_, k) => (k >= units && k < 2 * units ? 1 : 0));
};

/**
 * A long short-term memory. The input's share of all gates is one matrix product over all time steps; the recurrence is
 * one kernel forward and one backward. State: hidden, cell.
 */
export function lstm(store: VariableStore, name: string, features: number, units: number): RecurrentLayer {
  const weights = store.create(`${name}/weights`, [features, 4 * units], xavier);
  const recurrent = store.create(`${name}/recurrent`, [units, 4 * units], orthogonal);
  const bias = store.create(`${name}/bias`, [4 * units], openForgetGate);
  return {
    name,
    units,
    multiplyAdds: (features + units) * 4 * units,
    initialState: (batch) => [tf.zeros([batch, units]), tf.zeros([batch, units])],
    apply(x, state, context) {
      const [batch, time] = x.shape;
      const rows = tf.reshape(x, [batch * time, features]) as tf.Tensor2D;
      const projected = tf.reshape(fusedProduct(rows, weights as never, bias as never, 'linear'), [
        batch,
        time,
        4 * units,
      ]);
      const [initialHidden, initialCell] = state as [tf.Tensor, tf.Tensor];
      const [hidden, cell] = tf.engine().runKernel(LSTM_FORWARD, {
        projected,
        recurrent,
        initialHidden,
        initialCell,
      }) as never as [tf.Tensor3D, tf.Tensor3D];
      context.probe?.(name, hidden);
      return { output: hidden, state: [lastStep(hidden), lastStep(cell)] };
    },
  };
}

function lastStep(sequence: tf.Tensor3D): tf.Tensor {
  const [batch, time, units] = sequence.shape;
  return tf.reshape(tf.slice(sequence, [0, time - 1, 0], [batch, 1, units]), [batch, units]);
}
