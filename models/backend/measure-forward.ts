import * as tf from '../tf.ts';

/**
 * Milliseconds that the current backend takes for a small forward pass with its result read back: what a driving step
 * is made of. The first passes, which compile, do not count; the best of several does.
 */
export async function measureForward(repeats = 5): Promise<number> {
  const frame = tf.zeros([1, 64, 160, 3]) as tf.Tensor4D;
  const first = tf.fill([5, 5, 3, 16], 0.01) as tf.Tensor4D;
  const second = tf.fill([5, 5, 16, 24], 0.01) as tf.Tensor4D;
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < repeats + 2; i++) {
    const begin = performance.now();
    const out = tf.tidy(() => tf.relu(tf.conv2d(tf.relu(tf.conv2d(frame, first, 2, 'valid')), second, 2, 'valid')));
    await out.data();
    out.dispose();
    if (i >= 2) best = Math.min(best, performance.now() - begin);
  }
  tf.dispose([frame, first, second]);
  return best;
}
