import type { Stage } from '../layers/stage.ts';
import { concat, type Tensor } from '../tf.ts';

/** Stages on the same input, their features one after the other. */
export function sideBySide(name: string, stages: readonly Stage[]): Stage {
  return {
    name,
    outputShape: [stages.reduce((sum, stage) => sum + stage.outputShape[0]!, 0)],
    multiplyAdds: stages.reduce((sum, stage) => sum + stage.multiplyAdds, 0),
    initialState: (batch) => stages.flatMap((stage) => stage.initialState(batch)),
    apply(x, state, context) {
      const next: Tensor[] = [];
      const outputs = stages.map((stage) => {
        const result = stage.apply(x, state.slice(next.length), context);
        next.push(...result.state);
        return result.output;
      });
      return { output: concat(outputs, 1), state: next };
    },
  };
}
