import { fusedProduct } from '../kernels/fused-gradients.ts';
import { type Initialiser, xavier, zeros } from '../layers/initialisers.ts';
import type { Layer } from '../layers/layer.ts';
import type { VariableStore } from '../layers/variable-store.ts';
import { OUTPUT_NAMES } from '../spec.ts';
import * as tf from '../tf.ts';

/** Heads of which only the first, for steering, is learned; the others are fixed directions of the features. */
export function fixedHeads(store: VariableStore, name: string, features: number, directions: Initialiser): Layer {
  const weights = store.create(`${name}/weights`, [features, 1], xavier);
  const bias = store.create(`${name}/bias`, [1], zeros);
  const others = OUTPUT_NAMES.length - 1;
  const fixed = store.create(`${name}/fixed`, [features, others], directions, false);
  return {
    name,
    outputShape: [OUTPUT_NAMES.length],
    multiplyAdds: features * OUTPUT_NAMES.length,
    apply(x, context) {
      const rows = x as tf.Tensor2D;
      const first = fusedProduct(rows, weights as never, bias as never, 'linear');
      const y = tf.concat([first, tf.matMul(rows, fixed as never)], 1);
      context.probe?.(name, y);
      return y;
    },
  };
}
