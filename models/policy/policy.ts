import * as tf from '@tensorflow/tfjs-core';
import type { Command } from '../../sim/command.ts';
import type { Frame } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import { toInputSize } from '../input/input-size.ts';
import { textureFits, textureTensor } from '../kernels/webgpu/texture-tensor.ts';
import type { Network } from '../network/network.ts';
import { findArchitecture } from '../zoo/zoo.ts';

/** A network made ready to drive: it keeps its recurrent state between frames and never re-runs the past. */
export interface Policy {
  /** Forgets the past. */
  reset(): void;
  /**
   * Answers the next frame. Frames of another size are cropped and resized to the network's input.
   * @param speed measured [m/s]
   */
  step(frame: Frame, speed: number): Promise<Command>;
  /** Whether `stepTexture` takes textures of this size: the network runs on `webgpu` and wants that size, uncut. */
  takesTexture(texture: { readonly width: number; readonly height: number }): boolean;
  /**
   * Answers the next frame where it was drawn: of all numbers only the command's come back to the processor.
   * @param texture `rgba8unorm` or `rgba8unorm-srgb` with the usage COPY_SRC, on the network's device
   * @param speed measured [m/s]
   * @throws RangeError when `takesTexture` says no
   */
  stepTexture(texture: GPUTexture, speed: number): Promise<Command>;
  /** Frees the state; the network stays. */
  dispose(): void;
}

/** @throws Refusal for a network of a kind that cannot drive */
export function createPolicy(network: Network): Policy {
  const { spec } = network;
  const { cannotDrive } = findArchitecture(spec.architecture);
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
      const pixels = toInputSize(frame, spec.input);
      return answer(() => frameTensor(pixels, 1, 1, spec.input), speed);
    },
    takesTexture: (texture) => textureFits(texture, spec.input),
    async stepTexture(texture, speed) {
      return answer(() => textureTensor(texture, spec.input), speed);
    },
    dispose() {
      tf.dispose(state);
      state = [];
    },
  };
}

function keep(tensors: tf.Tensor[]): tf.Tensor[] {
  return tensors.map((tensor) => tf.keep(tensor));
}
