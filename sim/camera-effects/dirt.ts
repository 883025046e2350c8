import type { RandomStream } from '../random/stream.ts';

/** Colour of dried mud, sRGB. */
const MUD = [92, 82, 70] as const;
/** Nothing shines through the middle of a speck but this. */
const OPACITY = 0.9;
/** Radius of a speck as a share of the frame's width, from and to; so near to the lens all of them are soft. */
const RADIUS = [0.015, 0.1] as const;
const MOST_SPECKS = 2000;

/**
 * How much of each pixel dirt hides, 0 to 1, `[height, width]`.
 * @param share of the lens that is to be hidden, 0 to 1
 */
export function dirtMask(width: number, height: number, share: number, stream: RandomStream): Float64Array {
  const mask = new Float64Array(width * height);
  let hidden = 0;
  for (let i = 0; i < MOST_SPECKS && hidden < share * mask.length; i++) {
    const radius = width * stream.uniform(...RADIUS) * stream.uniform(0.3, 1);
    hidden += addSpeck(mask, width, height, stream.uniform(0, width), stream.uniform(0, height), radius);
  }
  return mask;
}

/** Returns by how much the mask's sum has grown. */
function addSpeck(mask: Float64Array, width: number, height: number, x: number, y: number, radius: number): number {
  let grown = 0;
  for (let row = Math.max(0, Math.floor(y - radius)); row < Math.min(height, y + radius); row++) {
    for (let column = Math.max(0, Math.floor(x - radius)); column < Math.min(width, x + radius); column++) {
      const across = (column + 0.5 - x) / radius;
      const down = (row + 0.5 - y) / radius;
      const inside = Math.max(0, 1 - across * across - down * down);
      const speck = OPACITY * Math.min(1, 2 * inside);
      const before = mask[row * width + column]!;
      const after = before + (1 - before) * speck;
      mask[row * width + column] = after;
      grown += after - before;
    }
  }
  return grown;
}

/** Puts the dirt over a frame in place. */
export function coverWithDirt(pixels: Uint8Array, mask: Float64Array): void {
  mask.forEach((hidden, i) => {
    if (hidden === 0) return;
    for (let c = 0; c < 3; c++) {
      const seen = pixels[i * 3 + c]!;
      pixels[i * 3 + c] = Math.round(seen + hidden * (MUD[c]! - seen));
    }
  });
}
