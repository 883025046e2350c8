import {
  DataTexture,
  LinearFilter,
  LinearMipmapLinearFilter,
  LinearMipmapNearestFilter,
  RepeatWrapping,
  RGBAFormat,
  UnsignedByteType,
} from 'three/webgpu';
import { createNoise, fractal } from './noise.ts';

/** Side of the texture [px]. */
const SIZE = 256;

const made = new Map<boolean, DataTexture>();

/** The texture of all scenes; it is made once and stays. */
export function grainTexture(smooth: boolean): DataTexture {
  let grain = made.get(smooth);
  if (!grain) {
    grain = createGrainTexture(smooth);
    made.set(smooth, grain);
  }
  return grain;
}

/**
 * One small tiling texture from which all surfaces take their grain: red fine grain, green tufts, blue blotches, alpha
 * clouds; each with mean 0.5.
 * @param smooth blend between levels of detail
 */
function createGrainTexture(smooth: boolean): DataTexture {
  const fine = createNoise(1, 'fine grain', 256);
  const tufts = createNoise(1, 'tufts', 32);
  const blotches = createNoise(1, 'blotches', 8);
  const clouds = createNoise(1, 'clouds', 4);
  const data = new Uint8Array(SIZE * SIZE * 4);
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      const u = column / SIZE;
      const v = row / SIZE;
      const texel = [
        0.5 + (fine(u * 128, v * 128) - 0.5) * 0.6 + (fine(u * 256 + 7, v * 256) - 0.5) * 0.5,
        0.5 + (fractal(tufts, u * 32, v * 32, 4) - 0.5) * 1.5,
        0.5 + (fractal(blotches, u * 8, v * 8, 4) - 0.5) * 1.4,
        0.5 + (fractal(clouds, u * 4, v * 4, 6) - 0.5) * 1.6,
      ];
      texel.forEach((value, channel) => {
        data[(row * SIZE + column) * 4 + channel] = Math.round(Math.min(1, Math.max(0, value)) * 255);
      });
    }
  }
  const grain = new DataTexture(data, SIZE, SIZE, RGBAFormat, UnsignedByteType);
  grain.wrapS = RepeatWrapping;
  grain.wrapT = RepeatWrapping;
  grain.magFilter = LinearFilter;
  // Blending two levels of detail costs a software driver twice as much.
  grain.minFilter = smooth ? LinearMipmapLinearFilter : LinearMipmapNearestFilter;
  grain.generateMipmaps = true;
  grain.needsUpdate = true;
  return grain;
}
