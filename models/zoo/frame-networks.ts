import { z } from 'zod';
import { ACTIVATIONS } from '../layers/activation.ts';
import { convolution } from '../layers/convolution.ts';
import { dense } from '../layers/dense.ts';
import { flatten } from '../layers/flatten.ts';
import { orthogonal } from '../layers/initialisers.ts';
import type { Layer } from '../layers/layer.ts';
import { sequential } from '../layers/layer.ts';
import { maxPooling } from '../layers/pooling.ts';
import { withSpeed } from '../layers/speed.ts';
import { frameStage } from '../layers/stage.ts';
import type { Architecture } from './architecture.ts';
import { asBody, imageShape, uncertaintyOption, withHeads } from './body.ts';
import { fixedHeads } from './fixed-heads.ts';
import { PILOTNET_INPUT, SMALL_GREY_INPUT } from './inputs.ts';
import { convolutionStack } from './trunk.ts';

const speedInput = z.boolean().default(false);
const linearOptions = z.strictObject({ speedInput, uncertainty: uncertaintyOption });

/** Pixels to commands by one matrix. */
export const linear: Architecture<z.infer<typeof linearOptions>> = {
  name: 'linear',
  summary: 'The least that can be called a model; whatever does not beat it has learned nothing.',
  source: 'linear regression',
  input: SMALL_GREY_INPUT,
  options: linearOptions,
  build(input, options, store) {
    const flat = frameStage(flatten('flatten', imageShape(input)));
    const speed = options.speedInput ? [withSpeed('speed', flat.outputShape[0]!)] : [];
    return withHeads(store, input, [flat, ...speed], options.uncertainty);
  },
};

const mlpOptions = z.strictObject({
  units: z.array(z.int().min(1).max(4096)).min(1).default([64, 32]),
  activation: z.enum(ACTIVATIONS).default('relu'),
  speedInput,
  uncertainty: uncertaintyOption,
});

export const mlp: Architecture<z.infer<typeof mlpOptions>> = {
  name: 'mlp',
  summary: 'Feed-forward on small grey frames: what drove the first learned car.',
  source: 'after ALVINN (Pomerleau 1989), which had 30×32 inputs and one hidden layer',
  input: SMALL_GREY_INPUT,
  options: mlpOptions,
  build(input, options, store) {
    const flat = frameStage(flatten('flatten', imageShape(input)));
    const stages = options.speedInput ? [flat, withSpeed('speed', flat.outputShape[0]!)] : [flat];
    for (const [i, units] of options.units.entries()) {
      const features = stages.at(-1)!.outputShape[0]!;
      stages.push(frameStage(dense(store, `dense-${i + 1}`, features, { units, activation: options.activation })));
    }
    return withHeads(store, input, stages, options.uncertainty);
  },
};

const deepTeslaOptions = z.strictObject({
  filters: z.array(z.int().min(1).max(512)).length(3).default([16, 20, 20]),
  activation: z.enum(ACTIVATIONS).default('relu'),
  uncertainty: uncertaintyOption,
});

export const deepTesla: Architecture<z.infer<typeof deepTeslaOptions>> = {
  name: 'deeptesla',
  summary: 'A small network with pooling, of the kind that learned to steer inside a browser in front of a class.',
  source: "after the in-browser demo DeepTesla of MIT's course 6.S094 (Fridman 2017)",
  input: { ...PILOTNET_INPUT, colourSpace: 'rgb' },
  options: deepTeslaOptions,
  build(input, { filters, activation, uncertainty }, store) {
    const layers: Layer[] = [];
    let shape: readonly number[] = imageShape(input);
    for (const [i, count] of filters.entries()) {
      // The first one strides, which the demo's did not: on a CPU it would cost more than all the rest.
      const sizes = { filters: count, kernel: 5, stride: i === 0 ? 2 : 1, activation };
      layers.push(convolution(store, `convolution-${i + 1}`, shape, { ...sizes, padding: 'same' }));
      layers.push(maxPooling(`pool-${i + 1}`, layers.at(-1)!.outputShape, 2));
      shape = layers.at(-1)!.outputShape;
    }
    layers.push(flatten('flatten', shape));
    return withHeads(store, input, [frameStage(sequential('trunk', layers, shape))], uncertainty);
  },
};

const pilotNetOptions = z.strictObject({ activation: z.enum(ACTIVATIONS).default('elu') });

/** Filters, kernel and stride of PilotNet's convolutions. */
const PILOTNET_CONVOLUTIONS = [
  { filters: 24, kernel: 5, stride: 2, padding: 'valid' },
  { filters: 36, kernel: 5, stride: 2, padding: 'valid' },
  { filters: 48, kernel: 5, stride: 2, padding: 'valid' },
  { filters: 64, kernel: 3, stride: 1, padding: 'valid' },
  { filters: 64, kernel: 3, stride: 1, padding: 'valid' },
] as const;

/**
 * PilotNet as published has one output. The two further heads here are fixed directions in its last hidden layer, which
 * the layers before learn to serve: so all three are learned and the count stays the published 252,219.
 */
export const pilotNet: Architecture<z.infer<typeof pilotNetOptions>> = {
  name: 'pilotnet',
  summary: 'The network everyone compares with; exactly the published 252,219 learned numbers.',
  source: 'Bojarski et al. 2016, "End to End Learning for Self-Driving Cars"',
  input: PILOTNET_INPUT,
  options: pilotNetOptions,
  build(input, { activation }, store) {
    const trunk = { convolutions: PILOTNET_CONVOLUTIONS, dense: [100, 50, 10], activation, dropout: 0 };
    const features = convolutionStack(store, input, trunk);
    const heads = fixedHeads(store, 'heads', features.outputShape[0]!, orthogonal);
    return asBody(frameStage(sequential('network', [features, heads], features.outputShape)));
  },
};
