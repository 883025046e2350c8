import * as tf from '../tf.ts';
import type { Stage } from './stage.ts';

/** Appends the measured speed, in tens of metres a second, to the features of each frame. */
export function withSpeed(name: string, features: number): Stage {
  return {
    name,
    outputShape: [features + 1],
    multiplyAdds: 0,
    initialState: () => [],
    apply(x, _, { speed, batch, time }) {
      if (speed === undefined) throw new Error('this network takes the measured speed as an input, and none was given');
      return { output: tf.concat([x, tf.div(tf.reshape(speed, [batch * time, 1]), 10)], 1), state: [] };
    },
  };
}
