import type { Frame } from '../../../sim/frame.ts';
import type { Activation, Filters } from '../run/look-inside.ts';

/** Between two tiles [px], and its grey. */
const GAP = 1;
const GAP_GREY = 128;
/** Widest row of tiles for its height. */
const ASPECT = 3;

/**
 * The filters side by side, each in its colours. Grey is a weight of 0; all filters share one scale, so that strong
 * ones look strong.
 */
export function filterPicture({ height, width, inputs, outputs, values }: Filters): Frame {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return tiles(outputs, height, width, (filter, y, x, colour) => {
    const weight = values[((y * width + x) * inputs + (inputs === 3 ? colour : 0)) * outputs + filter]!;
    return 127.5 + (127.5 * weight) / largest;
  });
}

/** The maps of a layer side by side, from its lowest value (black) to its highest (white). */
export function activationPicture({ height, width, channels, values }: Activation): Frame {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const scale = high > low ? 255 / (high - low) : 0;
  return tiles(channels, height, width, (map, y, x) => (values[(y * width + x) * channels + map]! - low) * scale);
}

type Shade = (tile: number, y: number, x: number, colour: 0 | 1 | 2) => number;

/** The number of tiles in a row nearest to `wanted` with which all rows are full. */
function tilesAcross(count: number, wanted: number): number {
  let best = count;
  for (let across = 1; across <= count; across++) {
    const isNearer = Math.abs(Math.log(across / wanted)) < Math.abs(Math.log(best / wanted));
    if (count % across === 0 && isNearer) best = across;
  }
  return best;
}

function tiles(count: number, height: number, width: number, shade: Shade): Frame {
  const across = tilesAcross(count, Math.sqrt((ASPECT * count * height) / width));
  const down = Math.ceil(count / across);
  const size = { width: across * (width + GAP) - GAP, height: down * (height + GAP) - GAP };
  const pixels = new Uint8Array(size.width * size.height * 3).fill(GAP_GREY);
  for (let tile = 0; tile < count; tile++) {
    const left = (tile % across) * (width + GAP);
    const top = Math.floor(tile / across) * (height + GAP);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = ((top + y) * size.width + left + x) * 3;
        for (const colour of [0, 1, 2] as const) pixels[at + colour] = Math.round(shade(tile, y, x, colour));
      }
    }
  }
  return { ...size, time: 0, pixels };
}
