import * as tf from '../../tf.ts';
import type { GradientRule } from './rule.ts';

/** Sums over the batch axes along which one side of a product was repeated. */
function sumBatches(gradient: tf.Tensor, shape: readonly number[]): tf.Tensor {
  if (gradient.rank === 3 && shape[0] === 1 && gradient.shape[0] !== 1) return tf.sum(gradient, 0, true);
  return gradient;
}

/** Matrix products and what is built on sums of exponentials. */
export const PRODUCTS: readonly GradientRule[] = [
  {
    kernelName: 'BatchMatMul',
    inputsToSave: ['a', 'b'],
    gradFunc: (dys, saved, { transposeA, transposeB }) => {
      const dy = dys as tf.Tensor;
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      const first = (): tf.Tensor => {
        if (transposeA) return tf.matMul(b, dy, transposeB as boolean, true);
        return tf.matMul(dy, b, false, !transposeB);
      };
      const second = (): tf.Tensor => {
        if (transposeB) return tf.matMul(dy, a, true, transposeA as boolean);
        return tf.matMul(a, dy, !transposeA, false);
      };
      return { a: () => sumBatches(first(), a.shape), b: () => sumBatches(second(), b.shape) };
    },
  },
  {
    kernelName: 'Softmax',
    outputsToSave: [true],
    gradFunc: (dys, [y]) => {
      const weighted = tf.mul(dys as tf.Tensor, y!);
      return { logits: () => tf.sub(weighted, tf.mul(tf.sum(weighted, -1, true), y!)) };
    },
  },
  {
    kernelName: 'Conv2D',
    inputsToSave: ['x', 'filter'],
    gradFunc: (dys, saved, { strides, pad, dataFormat }) => {
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
      const dy = dys as tf.Tensor4D;
      const shared = { strides, pad, dataFormat, dimRoundingMode: undefined } as never as tf.NamedAttrMap;
      const run = (kernel: string, inputs: Record<string, tf.Tensor>, extra: Record<string, number[]>): tf.Tensor =>
        tf.engine().runKernel(kernel, inputs as never, { ...shared, ...extra });
      return {
        x: () => run('Conv2DBackpropInput', { dy, filter }, { inputShape: x.shape }),
        filter: () => run('Conv2DBackpropFilter', { x, dy }, { filterShape: filter.shape }),
      };
    },
  },
  {
    kernelName: 'MaxPool',
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, [x, y], attributes) => ({
      x: () => tf.engine().runKernel('MaxPoolGrad', { dy: dy as tf.Tensor, input: x!, output: y! }, attributes),
    }),
  },
];
