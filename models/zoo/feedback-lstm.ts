import { dense } from '../layers/dense.ts';
import { orthogonal, xavier, zeros } from '../layers/initialisers.ts';
import type { Stage, StageContext } from '../layers/stage.ts';
import type { VariableStore } from '../layers/variable-store.ts';
import { OUTPUT_NAMES } from '../spec.ts';
import * as tf from '../tf.ts';

const HEADS = OUTPUT_NAMES.length;

/**
 * An LSTM that is given, beside a frame's features, the commands of the frame before; gives commands, `[rows, 3]`.
 *
 * While driving and validating these are always its own. While training, a share of the windows gets the true ones:
 * with truth alone it would learn to copy the past, with its own alone it learns slowly. State: hidden, cell, commands.
 */
export function feedbackLstm(
  store: VariableStore,
  name: string,
  features: number,
  { units, truthShare }: { units: number; truthShare: number },
): Stage {
  const weights = store.create(`${name}/weights`, [features, 4 * units], xavier);
  const feedback = store.create(`${name}/feedback`, [HEADS, 4 * units], xavier);
  const recurrent = store.create(`${name}/recurrent`, [units, 4 * units], orthogonal);
  const bias = store.create(`${name}/bias`, [4 * units], zeros);
  const heads = dense(store, 'heads', units, { units: HEADS });
  return {
    name,
    outputShape: [HEADS],
    multiplyAdds: (features + HEADS + units) * 4 * units + heads.multiplyAdds,
    initialState: (batch) => [tf.zeros([batch, units]), tf.zeros([batch, units]), tf.zeros([batch, HEADS])],
    apply(x, state, context) {
      const { batch, time } = context;
      const rows = tf.add(tf.matMul(x as tf.Tensor2D, weights as never), bias);
      const steps = tf.unstack(tf.reshape(rows, [batch, time, 4 * units]), 1);
      const truth = trueCommands(context, truthShare);
      let [hidden, cell, commands] = state as [tf.Tensor, tf.Tensor, tf.Tensor];
      const outputs = steps.map((step, t) => {
        const past = tf.add(
          tf.matMul(hidden as tf.Tensor2D, recurrent as never),
          tf.matMul(commands as tf.Tensor2D, feedback as never),
        );
        const [i, f, g, o] = tf.split(tf.add(step, past), 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        // One is added to the forget gate instead of to its bias, which starts at zero.
        cell = tf.add(tf.mul(tf.sigmoid(tf.add(f, 1)), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
        hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell));
        const output = heads.apply(hidden, context);
        commands = truth === undefined ? output : tf.where(truth.given, truth.steps[t]!, output);
        return output;
      });
      context.probe?.(name, hidden);
      return { output: tf.reshape(tf.stack(outputs, 1), [batch * time, HEADS]), state: [hidden, cell, commands] };
    },
  };
}

/** The true commands of each step, and for which windows they are given. */
function trueCommands(
  { training, truth, random, batch }: StageContext,
  share: number,
): { steps: tf.Tensor[]; given: tf.Tensor } | undefined {
  if (!training || truth === undefined || random === undefined || share === 0) return undefined;
  const chosen = Array.from({ length: batch }, () => random.uniform() < share);
  const given = chosen.flatMap((value) => new Array<boolean>(HEADS).fill(value));
  return { steps: tf.unstack(truth, 1), given: tf.tensor(given, [batch, HEADS], 'bool') };
}
