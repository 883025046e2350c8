import type { WindowSource } from '../../../datasets/windows/window-source.ts';
import { frameTensor } from '../../../models/input/frame-tensor.ts';
import type { Network } from '../../../models/network/network.ts';
import * as tf from '../../../models/tf.ts';
import type { Frame } from '../../../sim/frame.ts';

/** What one layer makes of one frame. */
export interface Activation {
  readonly layer: string;
  /** Of one map; a layer without places has height 1 and its units side by side. */
  readonly height: number;
  readonly width: number;
  /** Maps. */
  readonly channels: number;
  /** `[height, width, channel]` */
  readonly values: Float32Array;
}

/** Filters that look at the picture itself. */
export interface Filters {
  readonly layer: string;
  readonly height: number;
  readonly width: number;
  /** Colour channels of the picture. */
  readonly inputs: number;
  readonly outputs: number;
  /** `[height, width, input, output]` */
  readonly values: Float32Array;
}

/** A network at work on one frame that was held back from it. */
export interface Inside {
  /** At the network's own size. */
  readonly frame: Frame;
  /** Null for networks that do not begin with a convolution. */
  readonly filters: Filters | null;
  readonly activations: readonly Activation[];
}

/**
 * Looks at the last frame of a window through the eyes of each layer. Changes nothing.
 * @param source must hold at least one window
 */
export async function lookInside(network: Network, source: WindowSource): Promise<Inside> {
  const batch = await source.load([0]);
  const { width, height } = network.spec.input;
  const seen: { layer: string; shape: number[]; values: tf.Tensor }[] = [];
  tf.tidy(() => {
    network.apply(frameTensor(batch.frames, 1, batch.time, network.spec.input), {
      training: false,
      speed: tf.tensor2d(batch.speed, [1, batch.time]),
      probe(layer, output) {
        const shape = output.rank >= 4 ? output.shape.slice(-3) : [1, output.shape.at(-1)!, 1];
        const size = shape.reduce((product, length) => product * length, 1);
        const rows = output.size / size;
        seen.push({ layer, shape, values: tf.keep(tf.slice(tf.reshape(output, [rows, size]), [rows - 1, 0])) });
      },
    });
  });
  const activations: Activation[] = [];
  for (const { layer, shape, values } of seen) {
    const [rows, columns, channels] = shape as [number, number, number];
    activations.push({ layer, height: rows, width: columns, channels, values: (await values.data()) as Float32Array });
    values.dispose();
  }
  const pixels = batch.frames.slice(-width * height * 3);
  return { frame: { width, height, time: 0, pixels }, filters: await firstFilters(network), activations };
}

async function firstFilters(network: Network): Promise<Filters | null> {
  for (const [name, variable] of network.variables) {
    if (variable.rank !== 4) continue;
    const [height, width, inputs, outputs] = variable.shape as [number, number, number, number];
    if (inputs !== 1 && inputs !== 3) return null;
    const layer = name.slice(0, name.lastIndexOf('/'));
    return { layer, height, width, inputs, outputs, values: (await variable.data()) as Float32Array };
  }
  return null;
}
