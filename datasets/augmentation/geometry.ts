import type { ImageSize } from '../images/resize.ts';

/** How the pixels of a picture are moved. */
export interface Warp {
  /** Left and right change places; done first. */
  readonly mirror: boolean;
  /** Rows move right by `slope * (row - horizon)` below the horizon [px per px]: the ground as seen from further left. */
  readonly slope: number;
  /** Row of the horizon [px]; may lie above the picture. */
  readonly horizon: number;
  /** Rotation about the middle, counter-clockwise [rad]. */
  readonly rotation: number;
}

/** Swaps left and right in place. @param pixels RGB `[height, width, 3]` beginning at `offset` */
export function mirrorInPlace(pixels: Uint8Array, { width, height }: ImageSize, offset = 0): void {
  for (let y = 0; y < height; y++) {
    let left = offset + 3 * y * width;
    let right = left + 3 * (width - 1);
    for (; left < right; left += 3, right -= 3) {
      for (let channel = 0; channel < 3; channel++) {
        const kept = pixels[left + channel]!;
        pixels[left + channel] = pixels[right + channel]!;
        pixels[right + channel] = kept;
      }
    }
  }
}

/**
 * Warps a picture in place; pixels that come from outside repeat the nearest one inside. Linear interpolation.
 * @param scratch at least as long as the picture; overwritten
 */
export function warpInPlace(pixels: Uint8Array, size: ImageSize, warp: Warp, scratch: Uint8Array, offset = 0): void {
  const { width, height } = size;
  if (warp.mirror) mirrorInPlace(pixels, size, offset);
  if (warp.slope === 0 && warp.rotation === 0) return;
  const length = width * height * 3;
  scratch.set(pixels.subarray(offset, offset + length));
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  const cosine = Math.cos(warp.rotation);
  const sine = Math.sin(warp.rotation);
  for (let y = 0; y < height; y++) {
    const moved = warp.slope * Math.max(0, y - warp.horizon);
    for (let x = 0; x < width; x++) {
      // Backwards: where does this pixel come from? First undo the shift, then the rotation (y points down).
      const dx = x - moved - cx;
      const dy = y - cy;
      const sx = Math.min(width - 1, Math.max(0, cx + cosine * dx - sine * dy));
      const sy = Math.min(height - 1, Math.max(0, cy + sine * dx + cosine * dy));
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      const fx = sx - x0;
      const fy = sy - y0;
      const a = 3 * (y0 * width + x0);
      const b = x0 + 1 < width ? a + 3 : a;
      const down = y0 + 1 < height ? 3 * width : 0;
      const o = offset + 3 * (y * width + x);
      for (let channel = 0; channel < 3; channel++) {
        const top = scratch[a + channel]! * (1 - fx) + scratch[b + channel]! * fx;
        const bottom = scratch[a + down + channel]! * (1 - fx) + scratch[b + down + channel]! * fx;
        pixels[o + channel] = top + (bottom - top) * fy + 0.5;
      }
    }
  }
}
