import { z } from 'zod';
import { ACTIVATIONS, type Activation } from '../layers/activation.ts';
import { causalConvolution } from '../layers/causal-convolution.ts';
import { dense } from '../layers/dense.ts';
import { dropout } from '../layers/dropout.ts';
import { flatten } from '../layers/flatten.ts';
import { sequential } from '../layers/layer.ts';
import { layerNormalisation } from '../layers/normalisation.ts';
import { chain, type Stage, type StageContext } from '../layers/stage.ts';
import type { VariableStore } from '../layers/variable-store.ts';
import type { InputSpec } from '../spec.ts';
import * as tf from '../tf.ts';
import type { Architecture } from './architecture.ts';
import { asBody, imageShape } from './body.ts';
import { feedbackLstm } from './feedback-lstm.ts';
import { USUAL_INPUT } from './inputs.ts';

const options = z.strictObject({
  /** Filters of the first convolution, 3×12×12 with stride 6, and of the three after it, 2×5×5 with stride 2. */
  filters: z.array(z.int().min(1).max(256)).length(4).default([24, 24, 24, 24]),
  /** Features that all four convolutions lead to. */
  features: z.int().min(1).max(1024).default(128),
  units: z.int().min(1).max(512).default(32),
  /** Share of the features that is dropped while training (komanda: 0.75). */
  dropout: z.number().min(0).lt(1).default(0.25),
  /** Share of the training windows whose past commands are the true ones; the others get the network's own. */
  truthShare: z.number().min(0).max(1).default(0.5),
  activation: z.enum(ACTIVATIONS).default('relu'),
});

/** Depth in frames, kernel and stride of the convolutions. */
const CONVOLUTIONS = [
  { depth: 3, kernel: 12, stride: 6 },
  { depth: 2, kernel: 5, stride: 2 },
  { depth: 2, kernel: 5, stride: 2 },
  { depth: 2, kernel: 5, stride: 2 },
] as const;

export const komanda: Architecture<z.infer<typeof options>> = {
  name: 'komanda',
  summary: 'The recipe that won a steering challenge: motion seen by 3-D convolutions, its own commands fed back.',
  source: 'after komanda (Ilya Edrenkin 2016), first of Udacity challenge 2; fewer filters, on smaller frames',
  input: { ...USUAL_INPUT, time: 10 },
  options,
  build(input, { filters, features, units, dropout: rate, truthShare, activation }, store) {
    const motion = motionTrunk(store, input, filters, features, rate, activation);
    const memory = feedbackLstm(store, 'lstm', features, { units, truthShare });
    return asBody(chain('network', [motion, memory], imageShape(input)));
  },
};

/** Four convolutions over time and space; each has its own path to the features, which are summed: ELU, then layer norm. */
function motionTrunk(
  store: VariableStore,
  input: InputSpec,
  filters: readonly number[],
  features: number,
  rate: number,
  activation: Activation,
): Stage {
  let shape: readonly number[] = imageShape(input);
  const levels = CONVOLUTIONS.map(({ depth, kernel, stride }, i) => {
    const sizes = { filters: filters[i]!, kernel, stride, padding: 'same', activation } as const;
    const stage = causalConvolution(store, `convolution-${i + 1}`, shape, depth, sizes);
    shape = stage.outputShape;
    const flat = flatten(`flatten-${i + 1}`, shape);
    const path = dense(store, `path-${i + 1}`, flat.outputShape[0]!, { units: features });
    const dropped = dropout(`dropout-${i + 1}`, flat.outputShape, rate);
    return { stage, path: sequential(`path-${i + 1}`, [flat, dropped, path], shape) };
  });
  const norm = layerNormalisation(store, 'norm', [features]);
  const costs = levels.map(({ stage, path }) => stage.multiplyAdds + path.multiplyAdds);
  return {
    name: 'motion',
    outputShape: [features],
    multiplyAdds: costs.reduce((sum, cost) => sum + cost, 0),
    initialState: (batch) => levels.flatMap(({ stage }) => stage.initialState(batch)),
    apply(x, state, context: StageContext) {
      const next: tf.Tensor[] = [];
      let image = x;
      const paths = levels.map(({ stage, path }) => {
        const seen = stage.apply(image, state.slice(next.length), context);
        next.push(...seen.state);
        image = seen.output;
        return path.apply(image, context);
      });
      return { output: norm.apply(tf.elu(tf.addN(paths)), context), state: next };
    },
  };
}
