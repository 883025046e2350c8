import { fusedConvolution } from '../kernels/fused-gradients.ts';
import type { Tensor4D } from '../tf.ts';
import { type Activation, fuse } from './activation.ts';
import { he, type Initialiser, xavier, zeros } from './initialisers.ts';
import type { Layer } from './layer.ts';
import type { VariableStore } from './variable-store.ts';

export interface ConvolutionOptions {
  readonly filters: number;
  /** Height and width of the filter. */
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: 'same' | 'valid';
  readonly activation?: Activation;
  readonly initialiser?: Initialiser;
}

/**
 * A 2-D convolution with bias and activation: `[rows, height, width, channel]` in and out.
 * @param inputShape `[height, width, channel]`
 * @throws RangeError when the filter is larger than the image
 */
export function convolution(
  store: VariableStore,
  name: string,
  inputShape: readonly number[],
  options: ConvolutionOptions,
): Layer {
  const [height, width, channels] = inputShape as [number, number, number];
  const { filters, kernel, stride = 1, padding = 'valid', activation = 'relu' } = options;
  const along = (length: number): number =>
    padding === 'same' ? Math.ceil(length / stride) : Math.floor((length - kernel) / stride) + 1;
  const outputShape = [along(height), along(width), filters];
  if (outputShape[0]! < 1 || outputShape[1]! < 1) {
    throw new RangeError(`${name}: a ${kernel}×${kernel} filter does not fit into ${height}×${width}`);
  }
  const initialiser = options.initialiser ?? (activation === 'tanh' || activation === 'sigmoid' ? xavier : he);
  const filter = store.create(`${name}/filter`, [kernel, kernel, channels, filters], initialiser);
  const bias = store.create(`${name}/bias`, [filters], zeros);
  const { fused, rest } = fuse(activation);
  return {
    name,
    outputShape,
    multiplyAdds: outputShape[0]! * outputShape[1]! * filters * kernel * kernel * channels,
    apply(x, context) {
      const y = rest(fusedConvolution(x as Tensor4D, filter as never, bias as never, stride, padding, fused));
      context.probe?.(name, y);
      return y;
    },
  };
}
