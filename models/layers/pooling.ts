import { maxPool, type Tensor4D } from '../tf.ts';
import type { Layer } from './layer.ts';

/**
 * The largest of each `size` × `size` square: `[rows, height, width, channel]`.
 * @throws RangeError when nothing is left
 */
export function maxPooling(name: string, inputShape: readonly number[], size: number): Layer {
  const [height, width, channels] = inputShape as [number, number, number];
  const outputShape = [Math.floor(height / size), Math.floor(width / size), channels];
  if (outputShape[0]! < 1 || outputShape[1]! < 1) {
    throw new RangeError(`${name}: ${height}×${width} is smaller than a ${size}×${size} square`);
  }
  return {
    name,
    outputShape,
    multiplyAdds: 0,
    apply(x, context) {
      const y = maxPool(x as Tensor4D, size, size, 'valid');
      context.probe?.(name, y);
      return y;
    },
  };
}
