import { channelsOf, type InputSpec } from '../spec.ts';

/** Changes that make a training window look different; the same for all frames of a window. */
export interface Augmentation {
  /** Mirrored left to right. */
  readonly mirror: boolean;
  /** value = value · gain + offset, per RGB channel, cut to 0..255. */
  readonly gain: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
}

/** What decides how pixels become numbers. */
export type PixelSpec = Pick<InputSpec, 'width' | 'height' | 'colourSpace' | 'normalisation'>;

/**
 * Numbers of frames in the colour space and normalisation of the spec.
 * @param frames `[batch, time, height, width, 3]` RGB, 8 bit, at the input's size
 * @param augmentations one per window, or none
 * @returns `[batch, time, height, width, channel]`
 */
export function frameValues(
  frames: Uint8Array,
  batch: number,
  time: number,
  input: PixelSpec,
  augmentations?: readonly Augmentation[],
): Float32Array {
  const { height, width, colourSpace } = input;
  const values = new Float32Array(batch * time * height * width * channelsOf(colourSpace));
  for (let window = 0; window < batch; window++) {
    writeWindow(frames, values, window, time, input, augmentations?.[window]);
  }
  return values;
}

function writeWindow(
  frames: Uint8Array,
  values: Float32Array,
  window: number,
  time: number,
  input: PixelSpec,
  augmentation: Augmentation | undefined,
): void {
  const { height, width, colourSpace, normalisation } = input;
  const rows = time * height;
  const first = window * rows * width * 3;
  // A table per channel does gain, offset, clipping and (for RGB) normalisation at once.
  const direct = colourSpace === 'rgb';
  const tables = [0, 1, 2].map((channel) => {
    const gain = augmentation?.gain[channel] ?? 1;
    const offset = augmentation?.offset[channel] ?? 0;
    const mean = direct ? normalisation.mean[channel]! : 0;
    const std = direct ? normalisation.std[channel]! : 1;
    return Float32Array.from({ length: 256 }, (_, v) => (Math.min(255, Math.max(0, v * gain + offset)) - mean) / std);
  });
  const [red, green, blue] = tables as [Float32Array, Float32Array, Float32Array];
  const step = augmentation?.mirror === true ? -3 : 3;
  const convert = direct ? undefined : conversion(colourSpace, normalisation);
  const channels = channelsOf(colourSpace);
  let write = (first / 3) * channels;
  for (let row = 0; row < rows; row++) {
    let read = first + row * width * 3 + (step < 0 ? (width - 1) * 3 : 0);
    for (let column = 0; column < width; column++) {
      const r = red[frames[read]!]!;
      const g = green[frames[read + 1]!]!;
      const b = blue[frames[read + 2]!]!;
      if (convert === undefined) {
        values[write] = r;
        values[write + 1] = g;
        values[write + 2] = b;
      } else {
        convert(r, g, b, values, write);
      }
      write += channels;
      read += step;
    }
  }
}

type Convert = (r: number, g: number, b: number, out: Float32Array, at: number) => void;

/** ITU-R BT.601 luma, and for `yuv` the full-range colour differences around 128 (JFIF). */
function conversion(colourSpace: 'rgb' | 'grey' | 'yuv', { mean, std }: InputSpec['normalisation']): Convert {
  if (colourSpace === 'grey') {
    return (r, g, b, out, at) => {
      out[at] = (0.299 * r + 0.587 * g + 0.114 * b - mean[0]!) / std[0]!;
    };
  }
  return (r, g, b, out, at) => {
    const y = 0.299 * r + 0.587 * g + 0.114 * b;
    out[at] = (y - mean[0]!) / std[0]!;
    out[at + 1] = (128 + 0.564 * (b - y) - mean[1]!) / std[1]!;
    out[at + 2] = (128 + 0.713 * (r - y) - mean[2]!) / std[2]!;
  };
}
