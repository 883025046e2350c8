import type { RandomStream } from '../random/stream.ts';

/** Standard deviation of the sum of four bytes that are uniform: 2 * sqrt((256² - 1) / 12). */
const SUM_STD = 2 * Math.sqrt(65535 / 12);
const SUM_MEAN = 4 * 127.5;

/**
 * Adds noise to every colour value in place.
 * @param pixels RGB `[height, width, 3]`
 * @param std standard deviation as a share of white
 * @param stream draws one number, however large the frame is
 */
export function addNoise(pixels: Uint8Array, std: number, stream: RandomStream): void {
  const scale = (std * 255) / SUM_STD;
  // Marsaglia's 32-bit xorshift (2003): a frame has tens of thousands of values, and it must not start from 0.
  let bits = stream.integer(1, 0x7fffffff);
  for (let i = 0; i < pixels.length; i++) {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    // The sum of four uniform numbers is close to normal (Irwin-Hall).
    const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
    pixels[i] = Math.max(0, Math.min(255, Math.round(pixels[i]! + (sum - SUM_MEAN) * scale)));
  }
}
