import type { RandomStream } from '../../sim/random/stream.ts';
import type { Tensor } from '../tf.ts';

/** How a layer is run. */
export interface LayerContext {
  readonly training: boolean;
  /** Chance for dropout; needed when training a network that has it. */
  readonly random?: RandomStream;
  /** Frames of a window, which follow each other in the rows; 1 when not given. */
  readonly time?: number;
  /** Is shown every layer's output as it is made; must not keep it beyond the call unless `tf.keep` is used. */
  readonly probe?: (layer: string, output: Tensor) => void;
}

/** A function with variables from `[rows, ...inputShape]` to `[rows, ...outputShape]`. */
export interface Layer {
  readonly name: string;
  /** Shape of one row of the output. */
  readonly outputShape: readonly number[];
  /** Multiply-adds for one row. */
  readonly multiplyAdds: number;
  apply(x: Tensor, context: LayerContext): Tensor;
}

/** Layers one after the other. */
export function sequential(name: string, layers: readonly Layer[], inputShape: readonly number[]): Layer {
  return {
    name,
    outputShape: layers.at(-1)?.outputShape ?? inputShape,
    multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
    apply: (x, context) => layers.reduce((value, layer) => layer.apply(value, context), x),
  };
}
