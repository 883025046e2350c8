import { reshape } from '../tf.ts';
import type { Layer } from './layer.ts';

/** `[rows, ...inputShape]` to `[rows, features]`. */
export function flatten(name: string, inputShape: readonly number[]): Layer {
  const features = inputShape.reduce((product, length) => product * length, 1);
  return { name, outputShape: [features], multiplyAdds: 0, apply: (x) => reshape(x, [-1, features]) };
}
