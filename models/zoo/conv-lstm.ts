import { z } from 'zod';
import { ACTIVATIONS } from '../layers/activation.ts';
import { convLstm as convLstmStage } from '../layers/conv-lstm.ts';
import { convolution } from '../layers/convolution.ts';
import { dense } from '../layers/dense.ts';
import { flatten } from '../layers/flatten.ts';
import { frameStage, type Stage } from '../layers/stage.ts';
import type { Architecture } from './architecture.ts';
import { imageShape, uncertaintyOption, withHeads } from './body.ts';
import { USUAL_INPUT } from './inputs.ts';

const options = z.strictObject({
  /** Filters of the convolutions before the memory, 5×5 and stride 2 each. */
  convolutions: z.array(z.int().min(1).max(256)).min(1).default([12, 16, 16]),
  /** Filters of the memory. */
  filters: z.int().min(1).max(256).default(12),
  kernel: z.int().min(1).max(9).default(3),
  /** Units of the dense layer behind the memory. */
  dense: z.int().min(1).max(1024).default(48),
  activation: z.enum(ACTIVATIONS).default('relu'),
  uncertainty: uncertaintyOption,
});

export const convLstm: Architecture<z.infer<typeof options>> = {
  name: 'conv-lstm',
  summary: 'A memory that is an image: remembers where things were, not only that they were.',
  source: 'Shi et al. 2015, behind three convolutions',
  input: USUAL_INPUT,
  options,
  build(input, { convolutions, filters, kernel, dense: units, activation, uncertainty }, store) {
    const stages: Stage[] = [];
    let shape: readonly number[] = imageShape(input);
    for (const [i, count] of convolutions.entries()) {
      const sizes = { filters: count, kernel: 5, stride: 2, padding: 'same', activation } as const;
      stages.push(frameStage(convolution(store, `convolution-${i + 1}`, shape, sizes)));
      shape = stages.at(-1)!.outputShape;
    }
    stages.push(convLstmStage(store, 'conv-lstm', shape, { filters, kernel }));
    const flat = flatten('flatten', stages.at(-1)!.outputShape);
    stages.push(frameStage(flat), frameStage(dense(store, 'dense', flat.outputShape[0]!, { units, activation })));
    return withHeads(store, input, stages, uncertainty);
  },
};
