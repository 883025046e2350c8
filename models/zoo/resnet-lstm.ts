import { z } from 'zod';
import { ACTIVATIONS } from '../layers/activation.ts';
import { convolution } from '../layers/convolution.ts';
import { dense } from '../layers/dense.ts';
import { flatten } from '../layers/flatten.ts';
import { type Layer, sequential } from '../layers/layer.ts';
import { lstm } from '../layers/recurrent.ts';
import { residualBlock } from '../layers/residual.ts';
import { frameStage } from '../layers/stage.ts';
import type { Architecture } from './architecture.ts';
import { imageShape, uncertaintyOption, withHeads } from './body.ts';
import { USUAL_INPUT } from './inputs.ts';

const options = z.strictObject({
  /** Filters of the first convolution, 5×5 and stride 2. */
  stem: z.int().min(1).max(256).default(12),
  /** Filters of the residual blocks, stride 2 each. */
  blocks: z.array(z.int().min(1).max(512)).min(1).default([20, 32, 48]),
  /** Units of the dense layer behind the blocks. */
  dense: z.int().min(1).max(1024).default(64),
  units: z.int().min(1).max(1024).default(64),
  activation: z.enum(ACTIVATIONS).default('relu'),
  uncertainty: uncertaintyOption,
});

export const resnetLstm: Architecture<z.infer<typeof options>> = {
  name: 'resnet-lstm',
  summary: 'A residual trunk with batch normalisation, as most strong imitation learners have, in small.',
  source: 'He et al. 2016; as the trunk of a driver in Codevilla et al. 2019 (CILRS)',
  input: USUAL_INPUT,
  options,
  build(input, { stem, blocks, dense: width, units, activation, uncertainty }, store) {
    const layers: Layer[] = [
      convolution(store, 'stem', imageShape(input), {
        filters: stem,
        kernel: 5,
        stride: 2,
        padding: 'same',
        activation,
      }),
    ];
    for (const [i, filters] of blocks.entries()) {
      layers.push(
        residualBlock(store, `block-${i + 1}`, layers.at(-1)!.outputShape, { filters, stride: 2, activation }),
      );
    }
    layers.push(flatten('flatten', layers.at(-1)!.outputShape));
    layers.push(dense(store, 'dense', layers.at(-1)!.outputShape[0]!, { units: width, activation }));
    const trunk = frameStage(sequential('trunk', layers, imageShape(input)));
    return withHeads(store, input, [trunk, lstm(store, 'lstm', width, units)], uncertainty);
  },
};
