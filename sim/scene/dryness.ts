import { createNoise, fractal } from './noise.ts';

/** How dry the grass is at a place, 0 to 1: patches of some tens of metres. */
export type Dryness = (x: number, y: number) => number;

export function createDryness(colourSeed: number): Dryness {
  const noise = createNoise(colourSeed, 'dryness');
  return (x, y) => {
    const value = 0.5 + (fractal(noise, x / 38, y / 38, 3) - 0.5) * 1.7;
    return Math.min(1, Math.max(0, value));
  };
}
