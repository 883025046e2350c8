import * as tf from '../tf.ts';
import { type Activation, activate } from './activation.ts';
import { convolution } from './convolution.ts';
import type { Layer } from './layer.ts';
import { batchNormalisation } from './normalisation.ts';
import type { VariableStore } from './variable-store.ts';

/**
 * A residual block (He et al. 2016): two 3×3 convolutions with batch normalisation, around them a shortcut, which is a
 * 1×1 convolution where size or channels change.
 */
export function residualBlock(
  store: VariableStore,
  name: string,
  inputShape: readonly number[],
  { filters, stride, activation = 'relu' }: { filters: number; stride: number; activation?: Activation },
): Layer {
  const plain = { kernel: 3, padding: 'same', activation: 'linear' } as const;
  const first = convolution(store, `${name}/convolution-1`, inputShape, { ...plain, filters, stride });
  const firstNorm = batchNormalisation(store, `${name}/norm-1`, first.outputShape);
  const second = convolution(store, `${name}/convolution-2`, first.outputShape, { ...plain, filters });
  const secondNorm = batchNormalisation(store, `${name}/norm-2`, second.outputShape);
  const same = stride === 1 && inputShape.at(-1) === filters;
  const shortcut = same
    ? undefined
    : convolution(store, `${name}/shortcut`, inputShape, { ...plain, kernel: 1, filters, stride });
  return {
    name,
    outputShape: second.outputShape,
    multiplyAdds: first.multiplyAdds + second.multiplyAdds + (shortcut?.multiplyAdds ?? 0),
    apply(x, context) {
      const middle = activate(activation, firstNorm.apply(first.apply(x, context), context));
      const long = secondNorm.apply(second.apply(middle, context), context);
      const y = activate(activation, tf.add(long, shortcut?.apply(x, context) ?? x));
      context.probe?.(name, y);
      return y;
    },
  };
}
