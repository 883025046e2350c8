import type { Tensor, Tensor2D, Tensor3D } from '../tf.ts';
import type { Layer, LayerContext } from './layer.ts';

/** How a stage is run: also how frames are folded into rows. */
export interface StageContext extends LayerContext {
  readonly batch: number;
  readonly time: number;
  /** Measured speed `[batch, time]` [m/s]. */
  readonly speed?: Tensor2D;
  /** True commands `[batch, time, 3]` in scaled units, while training; for networks that are trained on their own past. */
  readonly truth?: Tensor3D;
}

/**
 * A part of a network over sequences, with time folded into the rows: `[batch · time, ...inputShape]` to
 * `[batch · time, ...outputShape]`, and a state that carries what it must know of earlier frames.
 */
export interface Stage {
  readonly name: string;
  /** Shape for one frame. */
  readonly outputShape: readonly number[];
  /** Multiply-adds for one frame. */
  readonly multiplyAdds: number;
  /** State before the first frame; empty where a frame stands for itself. */
  initialState(batch: number): Tensor[];
  /** @param state as many tensors as `initialState` gives */
  apply(x: Tensor, state: readonly Tensor[], context: StageContext): { output: Tensor; state: Tensor[] };
}

/** A layer that sees every frame by itself. */
export function frameStage(layer: Layer): Stage {
  return {
    name: layer.name,
    outputShape: layer.outputShape,
    multiplyAdds: layer.multiplyAdds,
    initialState: () => [],
    apply: (x, _, context) => ({ output: layer.apply(x, context), state: [] }),
  };
}

/** Stages one after the other, as one. */
export function chain(name: string, stages: readonly Stage[], inputShape: readonly number[]): Stage {
  return {
    name,
    outputShape: stages.at(-1)?.outputShape ?? inputShape,
    multiplyAdds: stages.reduce((sum, stage) => sum + stage.multiplyAdds, 0),
    initialState: (batch) => stages.flatMap((stage) => stage.initialState(batch)),
    apply(x, state, context) {
      const next: Tensor[] = [];
      let value = x;
      let at = 0;
      for (const stage of stages) {
        // How many tensors a stage needs shows in what it gives back: as many.
        const own = state.slice(at);
        const result = stage.apply(value, own, context);
        value = result.output;
        next.push(...result.state);
        at += result.state.length;
      }
      return { output: value, state: next };
    },
  };
}
