import { z } from 'zod';
import { attentionBlock } from '../layers/attention.ts';
import { dense } from '../layers/dense.ts';
import { layerNormalisation } from '../layers/normalisation.ts';
import { withSpeed } from '../layers/speed.ts';
import { frameStage, type Stage } from '../layers/stage.ts';
import type { Architecture } from './architecture.ts';
import { uncertaintyOption, withHeads } from './body.ts';
import { USUAL_INPUT } from './inputs.ts';
import { convolutionStack, trunkOptions } from './trunk.ts';

const options = z.strictObject({
  ...trunkOptions,
  /** Features of a frame. */
  features: z.int().min(2).max(1024).default(64),
  blocks: z.int().min(1).max(12).default(2),
  heads: z.int().min(1).max(32).default(4),
  /** Frames that a frame can look at, itself included. */
  context: z.int().min(2).max(512).default(16),
  expansion: z.int().min(1).max(8).default(2),
  speedInput: z.boolean().default(false),
  uncertainty: uncertaintyOption,
});

/** Keys and values of past frames are kept, so that a new frame costs the same however long the drive. */
export const transformer: Architecture<z.infer<typeof options>> = {
  name: 'transformer',
  summary: 'Attention over the last frames instead of a memory: what it looks at can be shown.',
  source: 'Vaswani et al. 2017, causal, with the linear distance bias of Press et al. 2022',
  input: { ...USUAL_INPUT, time: 16 },
  options,
  build(input, { features, blocks, heads, context, expansion, speedInput, uncertainty, ...trunk }, store) {
    const stages: Stage[] = [frameStage(convolutionStack(store, input, trunk))];
    if (speedInput) stages.push(withSpeed('speed', stages[0]!.outputShape[0]!));
    stages.push(frameStage(dense(store, 'embed', stages.at(-1)!.outputShape[0]!, { units: features })));
    for (let i = 0; i < blocks; i++) {
      stages.push(attentionBlock(store, `block-${i + 1}`, features, { heads, context, expansion }));
    }
    stages.push(frameStage(layerNormalisation(store, 'norm', [features])));
    return withHeads(store, input, stages, uncertainty);
  },
};
