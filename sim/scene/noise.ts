import { createStream } from '../random/stream.ts';

/** Smooth noise over the plane, in [0, 1], mean about 0.5; the same seed gives the same field. */
export type NoiseField = (x: number, y: number) => number;

/**
 * Value noise: random numbers on a lattice of 1 m, smoothly interpolated. Scale the arguments.
 * @param seed picks the field
 * @param period length after which the field repeats, a power of two [m]
 */
export function createNoise(seed: number, name: string, period = 64): NoiseField {
  const stream = createStream(seed, `scene/${name}`);
  const lattice = new Float32Array(period * period);
  for (let i = 0; i < lattice.length; i++) lattice[i] = stream.uniform();
  return (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const u = fade(x - column);
    const v = fade(y - row);
    const left = column & (period - 1);
    const right = (column + 1) & (period - 1);
    const low = (row & (period - 1)) * period;
    const high = ((row + 1) & (period - 1)) * period;
    const below = lattice[low + left]! * (1 - u) + lattice[low + right]! * u;
    const above = lattice[high + left]! * (1 - u) + lattice[high + right]! * u;
    return below * (1 - v) + above * v;
  };
}

/**
 * Several octaves of a field, each twice as fine and half as strong; in [0, 1]. Tiles with the lattice when `x` and `y`
 * are scaled by whole numbers.
 */
export function fractal(noise: NoiseField, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 0;
  for (let octave = 0, scale = 1, strength = 1; octave < octaves; octave++, scale *= 2, strength *= 0.5) {
    // Each octave is shifted, so that their lattice points do not coincide.
    sum += strength * noise(x * scale + octave * 17, y * scale + octave * 29);
    weight += strength;
  }
  return sum / weight;
}

/** 6t⁵ − 15t⁴ + 10t³: no crease at the lattice lines (Perlin, Improving Noise, 2002). */
function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
