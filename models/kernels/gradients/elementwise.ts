import * as tf from '../../tf.ts';
import { type GradientRule, sumTo } from './rule.ts';

type Unary = (dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor, attributes: tf.NamedAttrMap) => tf.Tensor;

/** Operations on each number by itself: the slope times what arrives. */
const UNARY: Record<string, Unary> = {
  Abs: (dy, x) => tf.mul(dy, tf.sign(x)),
  Cast: (dy) => tf.cast(dy, 'float32'),
  ClipByValue: (dy, x, _, { clipValueMin, clipValueMax }) => {
    const within = tf.logicalAnd(tf.greaterEqual(x, clipValueMin as number), tf.lessEqual(x, clipValueMax as number));
    return tf.mul(dy, tf.cast(within, 'float32'));
  },
  Elu: (dy, x, y) => tf.where(tf.greater(x, 0), dy, tf.mul(dy, tf.add(y, 1))),
  Exp: (dy, _, y) => tf.mul(dy, y),
  Identity: (dy) => tf.clone(dy),
  LeakyRelu: (dy, x, _, { alpha }) => tf.where(tf.greater(x, 0), dy, tf.mul(dy, alpha as number)),
  Log: (dy, x) => tf.div(dy, x),
  Neg: (dy) => tf.neg(dy),
  Relu: (dy, _, y) => tf.mul(dy, tf.step(y)),
  Rsqrt: (dy, x, y) => tf.div(tf.mul(dy, tf.mul(y, -0.5)), x),
  Sigmoid: (dy, _, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y))),
  Softplus: (dy, x) => tf.mul(dy, tf.sigmoid(x)),
  Sqrt: (dy, _, y) => tf.div(dy, tf.mul(y, 2)),
  Square: (dy, x) => tf.mul(dy, tf.mul(x, 2)),
  Tanh: (dy, _, y) => tf.mul(dy, tf.sub(1, tf.square(y))),
};

type Binary = (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** Operations on two numbers, with broadcasting: share of the first, share of the second. */
const BINARY: Record<string, readonly [Binary, Binary]> = {
  Add: [(dy) => dy, (dy) => dy],
  Sub: [(dy) => dy, (dy) => tf.neg(dy)],
  Multiply: [(dy, _, b) => tf.mul(dy, b), (dy, a) => tf.mul(dy, a)],
  RealDiv: [(dy, _, b) => tf.div(dy, b), (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b)))],
  SquaredDifference: [
    (dy, a, b) => tf.mul(dy, tf.mul(tf.sub(a, b), 2)),
    (dy, a, b) => tf.mul(dy, tf.mul(tf.sub(b, a), 2)),
  ],
  Maximum: [
    (dy, a, b) => tf.mul(dy, tf.cast(tf.greaterEqual(a, b), 'float32')),
    (dy, a, b) => tf.mul(dy, tf.cast(tf.less(a, b), 'float32')),
  ],
  Minimum: [
    (dy, a, b) => tf.mul(dy, tf.cast(tf.lessEqual(a, b), 'float32')),
    (dy, a, b) => tf.mul(dy, tf.cast(tf.greater(a, b), 'float32')),
  ],
};

export const ELEMENTWISE: readonly GradientRule[] = [
  ...Object.entries(UNARY).map(
    ([kernelName, slope]): GradientRule => ({
      kernelName,
      inputsToSave: ['x'],
      outputsToSave: [true],
      gradFunc: (dy, saved, attributes) => ({ x: () => slope(dy as tf.Tensor, saved[0]!, saved[1]!, attributes) }),
    }),
  ),
  ...Object.entries(BINARY).map(
    ([kernelName, [first, second]]): GradientRule => ({
      kernelName,
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, saved) => {
        const [a, b] = saved as [tf.Tensor, tf.Tensor];
        return {
          a: () => sumTo(first(dy as tf.Tensor, a, b), a.shape),
          b: () => sumTo(second(dy as tf.Tensor, a, b), b.shape),
        };
      },
    }),
  ),
  {
    kernelName: 'AddN',
    gradFunc: (dy, saved) => Object.fromEntries(saved.map((_, i) => [i, () => tf.clone(dy as tf.Tensor)])),
    saveAllInputs: true,
  },
  {
    kernelName: 'Select',
    inputsToSave: ['condition'],
    gradFunc: (dys, [condition]) => {
      const dy = dys as tf.Tensor;
      return {
        condition: () => tf.zerosLike(condition!),
        t: () => tf.mul(dy, tf.cast(condition!, dy.dtype)),
        e: () => tf.mul(dy, tf.cast(tf.logicalNot(condition!), dy.dtype)),
      };
    },
  },
];
