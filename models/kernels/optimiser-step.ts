import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../tf.ts';
import { type RuleSettings, stepNumbers } from './optimiser-rules.ts';

/** Inputs `weights, gradient, scale, m, v`; outputs the new weights, m, v. Unused memories are scalars. */
export const OPTIMISER_STEP = 'OptimiserStep';

interface CpuLike {
  readonly data: { get(id: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo;
}

type Inputs = Record<'weights' | 'gradient' | 'scale' | 'm' | 'v', tf.TensorInfo>;
interface Arguments {
  inputs: Inputs;
  attrs: RuleSettings;
  backend: unknown;
}

/**
 * New tensors for the weights, always: the backend keeps a packed copy of a filter for as long as its tensor lives, and
 * would go on using it if the numbers changed underneath.
 */
function onWasm({ inputs, attrs, backend }: Arguments): tf.TensorInfo[] {
  const wasm = backend as BackendWasm;
  const made = [inputs.weights, inputs.m, inputs.v].map((like) => wasm.makeOutput(like.shape, 'float32'));
  const view = (tensor: tf.TensorInfo): Float32Array => wasm.typedArrayFromHeap(tensor) as Float32Array;
  const [next, m, v] = made.map(view) as [Float32Array, Float32Array, Float32Array];
  m.set(view(inputs.m));
  v.set(view(inputs.v));
  stepNumbers(attrs, view(inputs.weights), view(inputs.gradient), view(inputs.scale)[0]!, m, v, next);
  return made;
}

function onCpu({ inputs, attrs, backend }: Arguments): tf.TensorInfo[] {
  const cpu = backend as CpuLike;
  const numbers = (tensor: tf.TensorInfo): Float32Array => cpu.data.get(tensor.dataId).values;
  const m = numbers(inputs.m).slice();
  const v = numbers(inputs.v).slice();
  const weights = numbers(inputs.weights);
  const next = new Float32Array(weights.length);
  stepNumbers(attrs, weights, numbers(inputs.gradient), numbers(inputs.scale)[0]!, m, v, next);
  return [
    cpu.makeTensorInfo(inputs.weights.shape, 'float32', next),
    cpu.makeTensorInfo(inputs.m.shape, 'float32', m),
    cpu.makeTensorInfo(inputs.v.shape, 'float32', v),
  ];
}

/** The same rules out of the backend's own operations. */
function composed({ inputs, attrs }: Arguments): tf.Tensor[] {
  const { rule, rate, beta1, beta2, epsilon, l1, l2, weightDecay, step } = attrs;
  return tf.tidy(() => {
    const { weights, gradient, scale, m, v } = inputs as never as Record<keyof Inputs, tf.Tensor>;
    let g: tf.Tensor = tf.mul(gradient, scale);
    if (l2 !== 0) g = tf.add(g, tf.mul(weights, l2));
    if (l1 !== 0) g = tf.add(g, tf.mul(tf.sign(weights), l1));
    let first: tf.Tensor = m;
    let second: tf.Tensor = v;
    let move: tf.Tensor;
    if (rule === 'adam' || rule === 'adamw') {
      first = tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1));
      second = tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2));
      const root = tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** step)), epsilon);
      move = tf.mul(tf.div(first, root), rate / (1 - beta1 ** step));
      if (rule === 'adamw') move = tf.add(move, tf.mul(weights, rate * weightDecay));
    } else if (rule === 'sgd') {
      move = tf.mul(g, rate);
    } else if (rule === 'momentum' || rule === 'nesterov') {
      first = tf.add(tf.mul(m, beta1), g);
      move = tf.mul(rule === 'nesterov' ? tf.add(g, tf.mul(first, beta1)) : first, rate);
    } else {
      const square = tf.square(g);
      second = rule === 'adagrad' ? tf.add(v, square) : tf.add(tf.mul(v, beta2), tf.mul(square, 1 - beta2));
      move = tf.div(tf.mul(g, rate), tf.add(tf.sqrt(second), epsilon));
    }
    const usable = tf.notEqual(scale, 0);
    const choose = (now: tf.Tensor, before: tf.Tensor): tf.Tensor =>
      tf.where(tf.broadcastTo(usable, before.shape), now, before);
    return [choose(tf.sub(weights, move), weights), choose(first, m), choose(second, v)];
  });
}

/** Registers the kernel for a backend, once. */
export function registerOptimiserKernel(backendName: string): void {
  if (tf.getKernel(OPTIMISER_STEP, backendName) !== undefined) return;
  const kernelFunc = (backendName === 'wasm' ? onWasm : backendName === 'cpu' ? onCpu : composed) as never;
  tf.registerKernel({ kernelName: OPTIMISER_STEP, backendName, kernelFunc });
}
