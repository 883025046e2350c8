import type { LayerContext } from '../layers/layer.ts';
import type { ModelSpec } from '../spec.ts';
import type { Tensor, Tensor2D, Tensor3D, Tensor5D, Variable } from '../tf.ts';

export interface ApplyOptions extends LayerContext {
  /** State after the frames before these; without it, that of a fresh start. */
  readonly state?: readonly Tensor[];
  /** Measured speed `[batch, time]` [m/s]; for networks that take it as an input. */
  readonly speed?: Tensor2D;
  /** True commands `[batch, time, 3]` in scaled units, while training; for networks that are trained on their own past. */
  readonly truth?: Tensor3D;
}

export interface Applied {
  /** `[batch, time, 3]` in the network's own scaled units: value = output · scale + offset of the spec. */
  readonly outputs: Tensor3D;
  /** ln σ² of the outputs, `[batch, time, 3]` in squared scaled units; of networks that predict their uncertainty. */
  readonly logVariance?: Tensor3D;
  /** State after the last frame, to be given to the next call. */
  readonly state: Tensor[];
}

/** A network that maps windows of frames to commands. */
export interface Network {
  readonly spec: ModelSpec;
  /** By name, in the order in which they are saved. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** Learnable numbers. */
  readonly parameters: number;
  /** Multiply-adds for one frame. */
  readonly multiplyAdds: number;
  /** State of a fresh start. */
  initialState(batch: number): Tensor[];
  /** @param frames `[batch, time, height, width, channel]`, normalised as the spec says */
  apply(frames: Tensor5D, options: ApplyOptions): Applied;
  dispose(): void;
}

/** An architecture's own part of a network; the zoo adds spec, counts and variables. */
export interface NetworkBody {
  readonly multiplyAdds: number;
  initialState(batch: number): Tensor[];
  apply(frames: Tensor5D, options: ApplyOptions): Applied;
}
