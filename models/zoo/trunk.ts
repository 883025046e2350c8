import { z } from 'zod';
import { ACTIVATIONS } from '../layers/activation.ts';
import { convolution } from '../layers/convolution.ts';
import { dense } from '../layers/dense.ts';
import { dropout } from '../layers/dropout.ts';
import { flatten } from '../layers/flatten.ts';
import { INITIALISER_NAMES, INITIALISERS, type InitialiserName } from '../layers/initialisers.ts';
import { type Layer, sequential } from '../layers/layer.ts';
import type { VariableStore } from '../layers/variable-store.ts';
import { channelsOf, type InputSpec } from '../spec.ts';

/** One convolution of a trunk. */
export const convolutionSchema = z.strictObject({
  filters: z.int().min(1).max(1024),
  kernel: z.int().min(1).max(15),
  stride: z.int().min(1).max(8).default(1),
  padding: z.enum(['same', 'valid']).default('valid'),
});

/** Options of a trunk of convolutions, then dense layers, run on every frame by itself. */
export const trunkOptions = {
  convolutions: z
    .array(convolutionSchema)
    .min(1)
    .default([
      { filters: 16, kernel: 5, stride: 2, padding: 'valid' },
      { filters: 24, kernel: 5, stride: 2, padding: 'valid' },
      { filters: 32, kernel: 3, stride: 2, padding: 'valid' },
      { filters: 48, kernel: 3, stride: 2, padding: 'valid' },
    ]),
  /** Units of the dense layers behind the convolutions. */
  dense: z.array(z.int().min(1).max(4096)).default([64]),
  activation: z.enum(ACTIVATIONS).default('relu'),
  /** Share of the features behind the convolutions that is dropped while training. */
  dropout: z.number().min(0).lt(1).default(0),
  /** Whether each frame has features of its own dropped, or all frames of a window the same. */
  dropoutMask: z.enum(['frame', 'window']).default('frame'),
  /** How the weights of the trunk begin; without it, as suits the activation. */
  initialiser: z.enum(INITIALISER_NAMES).optional(),
};

export interface TrunkOptions {
  readonly convolutions: readonly z.infer<typeof convolutionSchema>[];
  readonly dense: readonly number[];
  readonly activation: (typeof ACTIVATIONS)[number];
  readonly dropout: number;
  readonly dropoutMask?: 'frame' | 'window';
  readonly initialiser?: InitialiserName | undefined;
}

/**
 * Convolutions, then dense layers: `[rows, height, width, channel]` to `[rows, features]`.
 * @throws RangeError when a convolution does not fit into what the one before leaves
 */
export function convolutionStack(store: VariableStore, input: InputSpec, options: TrunkOptions): Layer {
  const layers: Layer[] = [];
  let shape: readonly number[] = [input.height, input.width, channelsOf(input.colourSpace)];
  const add = (layer: Layer): void => {
    layers.push(layer);
    shape = layer.outputShape;
  };
  const { activation } = options;
  const begin = options.initialiser && { initialiser: INITIALISERS[options.initialiser] };
  for (const [i, { filters, kernel, stride, padding }] of options.convolutions.entries()) {
    add(convolution(store, `convolution-${i + 1}`, shape, { filters, kernel, stride, padding, activation, ...begin }));
  }
  add(flatten('flatten', shape));
  if (options.dropout > 0) add(dropout('dropout', shape, options.dropout, options.dropoutMask));
  for (const [i, units] of options.dense.entries()) {
    add(dense(store, `dense-${i + 1}`, shape[0]!, { units, activation, ...begin }));
  }
  return sequential('trunk', layers, shape);
}
