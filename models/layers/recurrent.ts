import { fusedProduct } from '../kernels/fused-gradients.ts';
import { LSTM_FORWARD } from '../kernels/recurrent/lstm-kernels.ts';
import * as tf from '../tf.ts';
import { type Initialiser, orthogonal, xavier, zeros } from './initialisers.ts';
import type { Stage, StageContext } from './stage.ts';
import type { VariableStore } from './variable-store.ts';

/** Kinds of recurrent stage, from rows of `features` to rows of `units`. */
export type RecurrentKind = 'rnn' | 'gru' | 'lstm';

/** Bias of the gates i, f, g, o: the forget gate starts open (1), so that the past is kept until learned otherwise. */
const openForgetGate: Initialiser = (shape) => {
  const units = shape[0]! / 4;
  return Float32Array.from({ length: shape[0]! }, (_, k) => (k >= units && k < 2 * units ? 1 : 0));
};

/** The weights that all recurrent stages have: on the input, on the own past, and a bias, for so many gates at once. */
function gateWeights(
  store: VariableStore,
  name: string,
  features: number,
  units: number,
  gates: number,
  biasInitialiser: Initialiser = zeros,
): Record<'weights' | 'recurrent' | 'bias', tf.Variable> {
  return {
    weights: store.create(`${name}/weights`, [features, gates * units], xavier),
    recurrent: store.create(`${name}/recurrent`, [units, gates * units], orthogonal),
    bias: store.create(`${name}/bias`, [gates * units], biasInitialiser),
  };
}

/**
 * A long short-term memory (Hochreiter & Schmidhuber 1997). The input's share of all gates is one matrix product over all
 * frames; the recurrence is one kernel forward and one backward. State: hidden, cell `[batch, units]`.
 * @param reverse runs from the last frame to the first: for labelling, not for driving; then there is no state
 */
export function lstm(store: VariableStore, name: string, features: number, units: number, reverse = false): Stage {
  const { weights, recurrent, bias } = gateWeights(store, name, features, units, 4, openForgetGate);
  const fresh = (batch: number): tf.Tensor[] => [tf.zeros([batch, units]), tf.zeros([batch, units])];
  return {
    name,
    outputShape: [units],
    multiplyAdds: (features + units) * 4 * units,
    initialState: (batch) => (reverse ? [] : fresh(batch)),
    apply(x, state, context) {
      const { batch, time } = context;
      const rows = fusedProduct(x as tf.Tensor2D, weights as never, bias as never, 'linear');
      const inOrder = tf.reshape(rows, [batch, time, 4 * units]);
      const projected = reverse ? tf.reverse(inOrder, 1) : inOrder;
      const [initialHidden, initialCell] = (reverse ? fresh(batch) : state) as [tf.Tensor, tf.Tensor];
      const inputs = { projected, recurrent, initialHidden, initialCell };
      const outputs = tf.engine().runKernel(LSTM_FORWARD, inputs) as never as [tf.Tensor3D, tf.Tensor3D];
      const hidden = reverse ? tf.reverse(outputs[0], 1) : outputs[0];
      const output = tf.reshape(hidden, [batch * time, units]);
      context.probe?.(name, output);
      return { output, state: reverse ? [] : outputs.slice(0, 2).map(lastStep) };
    },
  };
}

/** A plain recurrent layer (Elman 1990): h = tanh(x·W + h₋₁·U + b). */
export function rnn(store: VariableStore, name: string, features: number, units: number): Stage {
  const { weights, recurrent, bias } = gateWeights(store, name, features, units, 1);
  return unrolled(name, features, units, 1, weights, bias, (input, hidden) =>
    tf.tanh(tf.add(input, tf.matMul(hidden, recurrent as never))),
  );
}

/**
 * A gated recurrent unit (Cho et al. 2014), with the reset gate behind the product: r, z = σ(·),
 * n = tanh(x·Wₙ + bₙ + r·(h₋₁·Uₙ)), h = (1 − z)·n + z·h₋₁.
 */
export function gru(store: VariableStore, name: string, features: number, units: number): Stage {
  const { weights, recurrent, bias } = gateWeights(store, name, features, units, 3);
  return unrolled(name, features, units, 3, weights, bias, (input, hidden) => {
    const [inReset, inUpdate, inNew] = tf.split(input, 3, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const past = tf.split(tf.matMul(hidden, recurrent as never) as tf.Tensor2D, 3, 1);
    const [ownReset, ownUpdate, ownNew] = past as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const reset = tf.sigmoid(tf.add(inReset, ownReset));
    const update = tf.sigmoid(tf.add(inUpdate, ownUpdate));
    const fresh = tf.tanh(tf.add(inNew, tf.mul(reset, ownNew)));
    return tf.add(fresh, tf.mul(update, tf.sub(hidden, fresh))) as tf.Tensor2D;
  });
}

/** A recurrence written out step by step. State: hidden `[batch, units]`. */
function unrolled(
  name: string,
  features: number,
  units: number,
  gates: number,
  weights: tf.Variable,
  bias: tf.Variable,
  step: (input: tf.Tensor2D, hidden: tf.Tensor2D) => tf.Tensor2D,
): Stage {
  return {
    name,
    outputShape: [units],
    multiplyAdds: (features + units) * gates * units,
    initialState: (batch) => [tf.zeros([batch, units])],
    apply(x, state, context: StageContext) {
      const { batch, time } = context;
      const rows = fusedProduct(x as tf.Tensor2D, weights as never, bias as never, 'linear');
      const inputs = tf.unstack(tf.reshape(rows, [batch, time, gates * units]), 1) as tf.Tensor2D[];
      let hidden = state[0] as tf.Tensor2D;
      const outputs = inputs.map((input) => {
        hidden = step(input, hidden);
        return hidden;
      });
      const output = tf.reshape(tf.stack(outputs, 1), [batch * time, units]);
      context.probe?.(name, output);
      return { output, state: [hidden] };
    },
  };
}

function lastStep(sequence: tf.Tensor3D): tf.Tensor {
  const [batch, time, units] = sequence.shape;
  return tf.reshape(tf.slice(sequence, [0, time - 1, 0], [batch, 1, units]), [batch, units]);
}
