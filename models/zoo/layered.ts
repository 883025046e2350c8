import { z } from 'zod';
import { ACTIVATIONS, activate } from '../layers/activation.ts';
import { causalConvolution } from '../layers/causal-convolution.ts';
import { convolution } from '../layers/convolution.ts';
import { dense } from '../layers/dense.ts';
import { dropout } from '../layers/dropout.ts';
import { flatten } from '../layers/flatten.ts';
import { INITIALISER_NAMES, INITIALISERS, type InitialiserName } from '../layers/initialisers.ts';
import { batchNormalisation, layerNormalisation } from '../layers/normalisation.ts';
import { maxPooling } from '../layers/pooling.ts';
import { gru, lstm, rnn } from '../layers/recurrent.ts';
import { residualBlock } from '../layers/residual.ts';
import { withSpeed } from '../layers/speed.ts';
import { frameStage, type Stage } from '../layers/stage.ts';
import type { VariableStore } from '../layers/variable-store.ts';
import type { Architecture } from './architecture.ts';
import { imageShape, uncertaintyOption, withHeads } from './body.ts';
import { USUAL_INPUT } from './inputs.ts';

const count = z.int().min(1).max(4096);
const activation = z.enum(ACTIVATIONS).default('relu');
const image = { filters: count, kernel: z.int().min(1).max(31), stride: z.int().min(1).max(16).default(1) };
/** How the weights begin; without it, as suits the activation. */
const initialiser = z.enum(INITIALISER_NAMES).optional();
const padding = z.enum(['same', 'valid']).default('valid');

/** One layer of a network that is written as a file. */
export const layerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('convolution'), ...image, padding, activation, initialiser }),
  /** Looks at `depth` frames, this one the last. */
  z.strictObject({
    type: z.literal('causal-convolution'),
    depth: z.int().min(1).max(16),
    ...image,
    padding,
    activation,
  }),
  z.strictObject({ type: z.literal('residual'), filters: count, stride: z.int().min(1).max(4).default(1), activation }),
  z.strictObject({ type: z.literal('max-pool'), size: z.int().min(2).max(16) }),
  z.strictObject({ type: z.literal('flatten') }),
  z.strictObject({ type: z.literal('dense'), units: count, activation, initialiser }),
  z.strictObject({ type: z.literal('activation'), activation: z.enum(ACTIVATIONS) }),
  z.strictObject({
    type: z.literal('dropout'),
    rate: z.number().min(0).lt(1),
    /** `window`: the same mask for all frames of a window. */
    mask: z.enum(['frame', 'window']).default('frame'),
  }),
  z.strictObject({ type: z.literal('layer-norm') }),
  z.strictObject({ type: z.literal('batch-norm') }),
  z.strictObject({ type: z.literal('speed') }),
  z.strictObject({ type: z.enum(['rnn', 'gru', 'lstm']), units: count }),
]);
export type LayerSpec = z.infer<typeof layerSchema>;

const options = z.strictObject({
  layers: z
    .array(layerSchema)
    .min(1)
    .max(200)
    .default([
      { type: 'convolution', filters: 12, kernel: 5, stride: 4, padding: 'valid', activation: 'relu' },
      { type: 'convolution', filters: 16, kernel: 5, stride: 2, padding: 'valid', activation: 'relu' },
      { type: 'flatten' },
      { type: 'dense', units: 32, activation: 'relu' },
      { type: 'lstm', units: 32 },
    ]),
  uncertainty: uncertaintyOption,
});

/** The heads follow the last layer by themselves. */
export const layered: Architecture<z.infer<typeof options>> = {
  name: 'layers',
  summary: 'Your own: the layers are listed in a JSON file.',
  source: 'whoever writes the file',
  input: USUAL_INPUT,
  options,
  build(input, { layers, uncertainty }, store) {
    const stages: Stage[] = [];
    let shape: readonly number[] = imageShape(input);
    for (const [i, layer] of layers.entries()) {
      const name = `${i + 1}-${layer.type}`;
      try {
        stages.push(stageOf(layer, store, name, shape));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new RangeError(`layer ${i + 1} (${layer.type}): ${error.message}`);
      }
      shape = stages.at(-1)!.outputShape;
    }
    return withHeads(store, input, stages, uncertainty);
  },
};

function stageOf(layer: LayerSpec, store: VariableStore, name: string, shape: readonly number[]): Stage {
  switch (layer.type) {
    case 'convolution':
      return frameStage(convolution(store, name, asImage(shape), withInitialiser(layer)));
    case 'causal-convolution':
      return causalConvolution(store, name, asImage(shape), layer.depth, layer);
    case 'residual':
      return frameStage(residualBlock(store, name, asImage(shape), layer));
    case 'max-pool':
      return frameStage(maxPooling(name, asImage(shape), layer.size));
    case 'flatten':
      return frameStage(flatten(name, shape));
    case 'dense':
      return frameStage(dense(store, name, asFeatures(shape), withInitialiser(layer)));
    case 'dropout':
      return frameStage(dropout(name, shape, layer.rate, layer.mask));
    case 'layer-norm':
      return frameStage(layerNormalisation(store, name, shape));
    case 'batch-norm':
      return frameStage(batchNormalisation(store, name, shape));
    case 'speed':
      return withSpeed(name, asFeatures(shape));
    case 'rnn':
      return rnn(store, name, asFeatures(shape), layer.units);
    case 'gru':
      return gru(store, name, asFeatures(shape), layer.units);
    case 'lstm':
      return lstm(store, name, asFeatures(shape), layer.units);
    case 'activation': {
      const apply = (x: Parameters<typeof activate>[1]) => activate(layer.activation, x);
      return frameStage({ name, outputShape: shape, multiplyAdds: 0, apply });
    }
  }
}

function withInitialiser<L extends { initialiser?: InitialiserName | undefined }>({
  initialiser: chosen,
  ...layer
}: L) {
  return { ...layer, ...(chosen && { initialiser: INITIALISERS[chosen] }) };
}

function asImage(shape: readonly number[]): readonly number[] {
  if (shape.length === 3) return shape;
  throw new RangeError(`it needs an image, but the layer before gives ${shape[0]} features`);
}

function asFeatures(shape: readonly number[]): number {
  if (shape.length === 1) return shape[0]!;
  throw new RangeError(
    `it needs features, but the layer before gives an image [${shape.join(', ')}]: put a flatten between`,
  );
}
