import { exp } from '../maths/deterministic.ts';

/** Weights of a Gaussian up to three standard deviations [px], middle first; both sides together sum to 1. */
export function gaussianWeights(std: number): Float64Array {
  const reach = Math.max(1, Math.ceil(3 * std));
  const weights = Float64Array.from({ length: reach + 1 }, (_, i) => exp(-(i * i) / (2 * std * std)));
  const sum = weights.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / sum);
}

/**
 * A frame's pixels out of focus; the picture goes on beyond its border as it is there.
 * @param pixels RGB `[height, width, 3]`
 * @param std standard deviation [px], positive
 */
export function blurred(pixels: Uint8Array, width: number, height: number, std: number): Uint8Array {
  const weights = gaussianWeights(std);
  const lines = new Float64Array(pixels.length);
  const result = new Uint8Array(pixels.length);
  const sumAt = (source: ArrayLike<number>, start: number, step: number, place: number, count: number): number => {
    let sum = weights[0]! * source[start + step * place]!;
    for (let i = 1; i < weights.length; i++) {
      const before = source[start + step * Math.max(0, place - i)]!;
      const after = source[start + step * Math.min(count - 1, place + i)]!;
      sum += weights[i]! * (before + after);
    }
    return sum;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) lines[(y * width + x) * 3 + c] = sumAt(pixels, y * width * 3 + c, 3, x, width);
    }
  }
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      for (let c = 0; c < 3; c++) {
        result[(y * width + x) * 3 + c] = Math.round(sumAt(lines, x * 3 + c, width * 3, y, height));
      }
    }
  }
  return result;
}
