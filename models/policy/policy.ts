import type { Command } from '../../sim/command.ts';
import type { DrawingSurface, DrawnFrame, Frame } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { BackendName } from '../backend/open-backend.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import { toInputSize } from '../input/input-size.ts';
import { textureFits, textureTensor } from '../kernels/webgpu/texture-tensor.ts';
import type { Network } from '../network/network.ts';
import type { ModelSpec } from '../spec.ts';
import * as tf from '../tf.ts';
import { type Architectures, findArchitecture } from '../zoo/zoo.ts';

/**
 * A network made ready to drive, in this thread or another one: it keeps its recurrent state between frames and never
 * re-runs the past.
 */
export interface Policy {
  /** Forgets the past, before it answers the next frame. */
  reset(): void;
  /**
   * Answers the next frame. Frames of another size are cropped and resized to the network's input. Of a drawn one, only
   * the command's numbers come back to the processor.
   * @param speed measured [m/s]
   * @throws RangeError for a drawn frame where `takesDrawn` says no
   */
  step(frame: Frame | DrawnFrame, speed: number): Promise<Command>;
  /** Whether `step` takes frames where they are drawn: on the network's own device, of its input's size, uncut. */
  takesDrawn?(surface: DrawingSurface): boolean;
  /** Frees the state; the network stays. */
  dispose(): void;
}

/** A network that runs somewhere: in this thread, or in a worker that is asked. */
export interface OpenedNetwork {
  readonly backend: BackendName;
  readonly spec: ModelSpec;
  /** Policies share the weights and nothing else. */
  createPolicy(): Policy;
  /** Frees the weights. Policies of it answer no more. */
  close(): void;
}

/** @throws Refusal for a network of a kind that cannot drive */
export function createPolicy(network: Network, known?: Architectures): Policy {
  const { spec } = network;
  const { cannotDrive } = findArchitecture(spec.architecture, known);
  if (cannotDrive !== undefined) {
    throw new Refusal('cannot-drive', spec.architecture, `it cannot drive: ${cannotDrive}`, 'choose another model');
  }
  const [steering, pace, torque] = spec.outputs as [
    (typeof spec.outputs)[0],
    (typeof spec.outputs)[0],
    (typeof spec.outputs)[0],
  ];
  let state = keep(network.initialState(1));

  async function answer(see: () => tf.Tensor5D, speed: number): Promise<Command> {
    const { outputs, next } = tf.tidy(() => {
      const applied = network.apply(see(), { training: false, state, speed: tf.tensor2d([speed], [1, 1]) });
      return { outputs: applied.outputs, next: keep(applied.state) };
    });
    tf.dispose(state);
    state = next;
    const values = await outputs.data();
    outputs.dispose();
    return {
      steeringAngle: values[0]! * steering.scale + steering.offset,
      speed: Math.max(0, values[1]! * pace.scale + pace.offset),
      torque: values[2]! * torque.scale + torque.offset,
    };
  }

  return {
    reset() {
      tf.dispose(state);
      state = keep(network.initialState(1));
    },
    async step(frame, speed) {
      if ('texture' in frame) return answer(() => textureTensor(frame, spec.input), speed);
      const pixels = toInputSize(frame, spec.input);
      return answer(() => frameTensor(pixels, 1, 1, spec.input), speed);
    },
    takesDrawn: (surface) => textureFits(surface, spec.input),
    dispose() {
      tf.dispose(state);
      state = [];
    },
  };
}

function keep(tensors: tf.Tensor[]): tf.Tensor[] {
  return tensors.map((tensor) => tf.keep(tensor));
}
