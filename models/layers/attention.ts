import * as tf from '../tf.ts';
import { dense } from './dense.ts';
import type { Layer, LayerContext } from './layer.ts';
import { layerNormalisation } from './normalisation.ts';
import type { Stage } from './stage.ts';
import type { VariableStore } from './variable-store.ts';

export interface AttentionOptions {
  readonly heads: number;
  /** Frames that a frame can look at, itself included. */
  readonly context: number;
  /** Units of the feed-forward part, as a multiple of the features. */
  readonly expansion: number;
}

const NEVER = -1e9;

/**
 * A transformer block over frames (Vaswani et al. 2017), normalisation first: x + attention, then x + feed-forward. A
 * frame looks at itself and the frames before it within `context`; how far back they lie is told by a bias that falls
 * linearly with the distance, steeper in each head (ALiBi, Press et al. 2022), so that only distances count, not places.
 *
 * State: keys and values of the last `context` − 1 frames `[batch, context − 1, features]`, and which of them exist.
 */
export function attentionBlock(store: VariableStore, name: string, features: number, options: AttentionOptions): Stage {
  const { heads, context: reach, expansion } = options;
  if (features % heads !== 0) throw new RangeError(`${name}: ${features} features do not divide into ${heads} heads`);
  const kept = reach - 1;
  const size = features / heads;
  const normFirst = layerNormalisation(store, `${name}/norm-1`, [features]);
  const project = dense(store, `${name}/query-key-value`, features, { units: 3 * features });
  const merge = dense(store, `${name}/merge`, features, { units: features });
  const normSecond = layerNormalisation(store, `${name}/norm-2`, [features]);
  const widen = dense(store, `${name}/widen`, features, { units: expansion * features, activation: 'relu' });
  const narrow = dense(store, `${name}/narrow`, expansion * features, { units: features });
  const layers: Layer[] = [normFirst, project, merge, normSecond, widen, narrow];

  const attend = (rows: tf.Tensor, state: readonly tf.Tensor[], context: LayerContext, batch: number, time: number) => {
    const parts = tf.split(tf.reshape(project.apply(normFirst.apply(rows, context), context), [batch, time, -1]), 3, 2);
    const [query, key, value] = parts as [tf.Tensor, tf.Tensor, tf.Tensor];
    const [pastKeys, pastValues, pastThere] = state as [tf.Tensor, tf.Tensor, tf.Tensor];
    const keys = tf.concat([pastKeys, key], 1);
    const values = tf.concat([pastValues, value], 1);
    const there = tf.concat([pastThere, tf.ones([batch, time])], 1);
    const total = kept + time;
    const byHead = (x: tf.Tensor, length: number): tf.Tensor3D =>
      tf.reshape(tf.transpose(tf.reshape(x, [batch, length, heads, size]), [0, 2, 1, 3]), [
        batch * heads,
        length,
        size,
      ]);
    const scores = tf.mul(tf.matMul(byHead(query, time), byHead(keys, total), false, true), 1 / Math.sqrt(size));
    const missing = tf.mul(tf.sub(1, tf.reshape(there, [batch, 1, 1, total])), NEVER);
    const byFrame = tf.add(tf.reshape(scores, [batch, heads, time, total]), distanceBias(heads, time, total, reach));
    const shares = tf.softmax(tf.add(byFrame, missing));
    const mixed = tf.matMul(tf.reshape(shares, [batch * heads, time, total]) as tf.Tensor3D, byHead(values, total));
    const together = tf.transpose(tf.reshape(mixed, [batch, heads, time, size]), [0, 2, 1, 3]);
    const output = merge.apply(tf.reshape(together, [batch * time, features]), context);
    const last = (x: tf.Tensor): tf.Tensor => tf.slice(x, [0, time, 0], [batch, kept, features]);
    return { output, state: [last(keys), last(values), tf.slice(there, [0, time], [batch, kept])] };
  };

  return {
    name,
    outputShape: [features],
    multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0) + 2 * reach * features,
    initialState: (batch) => [
      tf.zeros([batch, kept, features]),
      tf.zeros([batch, kept, features]),
      tf.zeros([batch, kept]),
    ],
    apply(x, state, context) {
      const attended = attend(x, state, context, context.batch, context.time);
      const middle = tf.add(x, attended.output);
      const thought = narrow.apply(widen.apply(normSecond.apply(middle, context), context), context);
      return { output: tf.add(middle, thought), state: attended.state };
    },
  };
}

/** `[1, heads, time, total]`: −slope · distance within reach, a very negative number outside. */
function distanceBias(heads: number, time: number, total: number, reach: number): tf.Tensor4D {
  const bias = new Float32Array(heads * time * total).fill(NEVER);
  for (let head = 0; head < heads; head++) {
    const slope = 2 ** ((-8 * (head + 1)) / heads);
    for (let t = 0; t < time; t++) {
      const now = total - time + t;
      for (let other = Math.max(0, now - reach + 1); other <= now; other++) {
        bias[(head * time + t) * total + other] = -slope * (now - other);
      }
    }
  }
  return tf.tensor4d(bias, [1, heads, time, total]);
}
