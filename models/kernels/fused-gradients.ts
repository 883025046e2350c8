import * as tf from '../tf.ts';

/** Activations that the backends compute in the same pass as the product before them. */
export type FusedActivation = 'linear' | 'relu';

/**
 * Convolution, bias and activation in one kernel, with a gradient that computes only what is asked for: the gradient
 * of tfjs' own fused operation always computes the input's share too, which the first layer of a network never needs.
 * @param x `[batch, height, width, inChannels]`
 * @param filter `[height, width, inChannels, outChannels]`
 * @param bias `[outChannels]`
 * @returns `[batch, height, width, outChannels]`
 */
export function fusedConvolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  stride: number,
  padding: 'same' | 'valid',
  activation: FusedActivation,
): tf.Tensor4D {
  return tf.engine().runKernel('FusedConv2D', { x, filter, bias } as never, {
    strides: [stride, stride],
    pad: padding,
    dataFormat: 'NHWC',
    dilations: [1, 1],
    dimRoundingMode: undefined as never,
    activation,
    leakyreluAlpha: undefined as never,
  });
}

/**
 * Matrix product, bias and activation in one kernel.
 * @param x `[rows, inFeatures]`
 * @param weights `[inFeatures, outFeatures]`
 * @param bias `[outFeatures]`
 * @returns `[rows, outFeatures]`
 */
export function fusedProduct(
  x: tf.Tensor2D,
  weights: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: FusedActivation,
): tf.Tensor2D {
  const a = tf.reshape(x, [1, ...x.shape]);
  const b = tf.reshape(weights, [1, ...weights.shape]);
  const attributes = { transposeA: false, transposeB: false, activation, leakyreluAlpha: undefined as never };
  const product: tf.Tensor = tf.engine().runKernel('_FusedMatMul', { a, b, bias } as never, attributes);
  return tf.reshape(product, [x.shape[0], weights.shape[1]]);
}

/** Inputs `dy, y`; outputs the gradient before bias and activation, and that of the bias. */
export const BIAS_GRADIENT = 'BiasActivationGradient';

/**
 * Passes a gradient back through activation and bias.
 * @param dy `[..., channel]`
 * @param y what the fused kernel gave, same shape
 */
function beforeBias(dy: tf.Tensor, y: tf.Tensor, attributes: tf.NamedAttrMap): { dz: tf.Tensor; bias: tf.Tensor } {
  const relu = attributes.activation === 'relu';
  if (tf.getKernel(BIAS_GRADIENT, tf.getBackend()) !== undefined) {
    const outputs = tf.engine().runKernel(BIAS_GRADIENT, { dy, y }, { relu }) as never as [tf.Tensor, tf.Tensor];
    return { dz: relu ? outputs[0] : dy, bias: outputs[1] };
  }
  const dz = relu ? tf.mul(dy, tf.step(y)) : dy;
  const axes = Array.from({ length: dy.rank - 1 }, (_, axis) => axis);
  return { dz, bias: tf.sum(dz, axes) };
}

let registered = false;

/** Registers the gradients of the two fused kernels (for every backend); calling it again does nothing. */
export function registerFusedGradients(): void {
  if (registered) return;
  registered = true;
  tf.registerGradient({
    kernelName: 'FusedConv2D',
    inputsToSave: ['x', 'filter'],
    outputsToSave: [true],
    gradFunc: (dys, saved, attributes) => {
      const [x, filter, y] = saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
      const { dz: dy, bias } = beforeBias(dys as tf.Tensor, y, attributes);
      const { strides, pad } = attributes;
      const shared = { strides, pad, dataFormat: 'NHWC', dimRoundingMode: undefined } as never as tf.NamedAttrMap;
      const run = (kernel: string, inputs: Record<string, tf.Tensor>, extra: Record<string, number[]>): tf.Tensor =>
        tf.engine().runKernel(kernel, inputs as never, { ...shared, ...extra });
      return {
        x: () => run('Conv2DBackpropInput', { dy, filter }, { inputShape: x.shape }),
        filter: () => run('Conv2DBackpropFilter', { x, dy }, { filterShape: filter.shape }),
        bias: () => bias,
      };
    },
  });
  tf.registerGradient({
    kernelName: '_FusedMatMul',
    inputsToSave: ['a', 'b'],
    outputsToSave: [true],
    gradFunc: (dys, saved, attributes) => {
      const [a, b, y] = saved as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
      const { dz: dy, bias } = beforeBias(dys as tf.Tensor, y, attributes);
      return {
        a: () => tf.matMul(dy, b, false, true),
        b: () => tf.matMul(a, dy, true, false),
        bias: () => bias,
      };
    },
  });
}
