import type { Frame } from '../../../sim/frame.ts';

/** Pixels between two filters. */
const GAP = 1;
const PER_ROW = 12;
const GAP_GREY = 0;

/** A layer of filters that can be looked at. */
export interface Filters {
  /** Name of the variable. */
  readonly name: string;
  /** `[height, width, channel, filter]`: a convolution kernel; of one over time, its last step. */
  readonly shape: readonly [number, number, number, number];
  readonly values: Float32Array;
}

/** The first convolution that works on the picture itself. @param channels channels of the input: 1 or 3 */
export function firstFilters(
  variables: readonly { readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array }[],
  channels: number,
): Filters | undefined {
  for (const { name, shape, values } of variables) {
    const [height = 0, width = 0, depth = 0, filters = 0] = shape.slice(-4);
    if (shape.length < 4 || shape.length > 5 || depth !== channels || height < 2 || width < 2) continue;
    const size = height * width * depth * filters;
    return { name, shape: [height, width, depth, filters], values: values.subarray(values.length - size) };
  }
  return undefined;
}

/**
 * The filters side by side, each scaled to its own largest weight; a weight of 0 is middle grey. Of filters on RGB the
 * colours are those that the filter answers to.
 */
export function filterPicture({ shape, values }: Filters): Frame {
  const [kernelHeight, kernelWidth, channels, count] = shape;
  // As many rows as it takes, and all of them filled as evenly as can be.
  const columns = Math.ceil(count / Math.ceil(count / PER_ROW));
  const rows = Math.ceil(count / columns);
  const width = columns * (kernelWidth + GAP) - GAP;
  const height = rows * (kernelHeight + GAP) - GAP;
  const pixels = new Uint8Array(width * height * 3).fill(GAP_GREY);
  for (let filter = 0; filter < count; filter++) {
    const at = (y: number, x: number, channel: number) =>
      values[((y * kernelWidth + x) * channels + Math.min(channel, channels - 1)) * count + filter]!;
    let largest = 0;
    for (let i = filter; i < values.length; i += count) largest = Math.max(largest, Math.abs(values[i]!));
    const left = (filter % columns) * (kernelWidth + GAP);
    const top = Math.floor(filter / columns) * (kernelHeight + GAP);
    for (let y = 0; y < kernelHeight; y++) {
      for (let x = 0; x < kernelWidth; x++) {
        for (let channel = 0; channel < 3; channel++) {
          const share = largest === 0 ? 0 : at(y, x, channel) / largest;
          pixels[3 * ((top + y) * width + left + x) + channel] = Math.round(127.5 + 127.5 * share);
        }
      }
    }
  }
  return { width, height, time: 0, pixels };
}
