import type { Frame } from '../../sim/frame.ts';
import { cropAndResize } from '../images/resize.ts';

/** Size of the small picture that a frame is judged by [px]. */
const WIDTH = 128;
const HEIGHT = 32;
/** Largest sideways motion that is looked for between two frames [px of the small picture]. */
const LARGEST_SHIFT = 16;
/** Bands in which motion is measured, rows of the small picture: from the sky above the horizon to the road far ahead. */
const BANDS = [
  [2, 7],
  [5, 10],
  [8, 13],
  [11, 16],
  [14, 19],
] as const;
export const BAND_COUNT = BANDS.length;

/** What is kept of a frame. */
export interface FrameDigest {
  /** Luminance 0 to 255, `[height, width]`. */
  readonly small: Uint8Array;
  readonly mean: number;
  readonly deviation: number;
}

/** Shrinks a frame to what inspection needs. */
export function digest(frame: Frame): FrameDigest {
  const colour = cropAndResize(
    frame.pixels,
    frame,
    { top: 0, bottom: 0, left: 0, right: 0 },
    { width: WIDTH, height: HEIGHT },
  );
  const small = new Uint8Array(WIDTH * HEIGHT);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < small.length; i++) {
    // Rec. 601 weights in 1/256.
    const luminance = (77 * colour[3 * i]! + 150 * colour[3 * i + 1]! + 29 * colour[3 * i + 2]!) >> 8;
    small[i] = luminance;
    sum += luminance;
    squares += luminance * luminance;
  }
  const mean = sum / small.length;
  return { small, mean, deviation: Math.sqrt(Math.max(0, squares / small.length - mean * mean)) };
}

/** Mean absolute difference of two digests, 0 to 255. */
export function difference(a: FrameDigest, b: FrameDigest): number {
  let sum = 0;
  for (let i = 0; i < a.small.length; i++) sum += Math.abs(a.small[i]! - b.small[i]!);
  return sum / a.small.length;
}

/**
 * Sideways motion of the scene from one frame to the next, right positive, as a share of the picture's width, for each
 * band of rows: the shift that makes the columns' mean luminance agree best. The far scene moves right when the car
 * turns left, whatever its speed. NaN where a band shows nothing to go by.
 */
export function sidewaysMotion(before: FrameDigest, after: FrameDigest): number[] {
  return BANDS.map(([top, bottom]) => {
    const a = gradient(profile(before, top, bottom));
    const b = gradient(profile(after, top, bottom));
    const energy = a.reduce((sum, value) => sum + value * value, 0) / a.length;
    if (energy < 0.25) return Number.NaN;
    const costs = new Float64Array(2 * LARGEST_SHIFT + 1);
    for (let shift = -LARGEST_SHIFT; shift <= LARGEST_SHIFT; shift++) {
      let sum = 0;
      for (let x = LARGEST_SHIFT; x < a.length - LARGEST_SHIFT; x++) sum += (b[x + shift]! - a[x]!) ** 2;
      costs[shift + LARGEST_SHIFT] = sum;
    }
    let best = 0;
    for (let i = 1; i < costs.length; i++) if (costs[i]! < costs[best]!) best = i;
    if (best === 0 || best === costs.length - 1) return Number.NaN;
    // The minimum of the parabola through the best shift and its neighbours.
    const [left, middle, right] = [costs[best - 1]!, costs[best]!, costs[best + 1]!];
    const bend = left - 2 * middle + right;
    const fine = bend > 0 ? (left - right) / (2 * bend) : 0;
    return (best - LARGEST_SHIFT + fine) / WIDTH;
  });
}

function profile({ small }: FrameDigest, top: number, bottom: number): Float64Array {
  const columns = new Float64Array(WIDTH);
  for (let y = top; y < bottom; y++) for (let x = 0; x < WIDTH; x++) columns[x]! += small[y * WIDTH + x]!;
  return columns.map((sum) => sum / (bottom - top));
}

/** Differences of neighbours: brightness that changes slowly over the picture says nothing about motion. */
function gradient(columns: Float64Array): Float64Array {
  const steps = new Float64Array(columns.length - 2);
  for (let i = 0; i < steps.length; i++) steps[i] = columns[i + 2]! - columns[i]!;
  return steps;
}
