import { fusedProduct } from '../kernels/fused-gradients.ts';
import type { Tensor2D } from '../tf.ts';
import { type Activation, fuse } from './activation.ts';
import { he, type Initialiser, xavier, zeros } from './initialisers.ts';
import type { Layer } from './layer.ts';
import type { VariableStore } from './variable-store.ts';

export interface DenseOptions {
  readonly units: number;
  readonly activation?: Activation;
  readonly initialiser?: Initialiser;
}

/** A fully connected layer with bias and activation: `[rows, features]` to `[rows, units]`. */
export function dense(store: VariableStore, name: string, features: number, options: DenseOptions): Layer {
  const { units, activation = 'linear' } = options;
  const usual = activation === 'relu' || activation === 'leaky-relu' || activation === 'elu' ? he : xavier;
  const weights = store.create(`${name}/weights`, [features, units], options.initialiser ?? usual);
  const bias = store.create(`${name}/bias`, [units], zeros);
  const { fused, rest } = fuse(activation);
  return {
    name,
    outputShape: [units],
    multiplyAdds: features * units,
    apply(x, context) {
      const y = rest(fusedProduct(x as Tensor2D, weights as never, bias as never, fused));
      context.probe?.(name, y);
      return y;
    },
  };
}
