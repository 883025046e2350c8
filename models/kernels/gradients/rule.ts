import * as tf from '../../tf.ts';

/** How a gradient passes backwards through one kernel. */
export type GradientRule = tf.GradConfig;

/** Undoes a broadcast: sums over the axes along which a tensor of this shape was repeated. */
export function sumTo(gradient: tf.Tensor, shape: readonly number[]): tf.Tensor {
  if (gradient.rank === shape.length && gradient.shape.every((length, axis) => length === shape[axis])) return gradient;
  const added = gradient.rank - shape.length;
  const axes = gradient.shape.flatMap((length, axis) =>
    axis < added || (shape[axis - added] === 1 && length !== 1) ? [axis] : [],
  );
  return tf.reshape(tf.sum(gradient, axes), [...shape]);
}

/** Brings a reduced gradient back to the shape before the reduction. */
export function spread(gradient: tf.Tensor, shape: readonly number[], axis: number | readonly number[]): tf.Tensor {
  const axes = tf.util.parseAxisParam(axis as number, [...shape]);
  const kept = shape.map((length, i) => (axes.includes(i) ? 1 : length));
  return tf.broadcastTo(tf.reshape(gradient, kept), [...shape]);
}
