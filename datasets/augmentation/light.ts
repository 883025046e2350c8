import type { RandomStream } from '../../sim/random/stream.ts';
import type { ImageSize } from '../images/resize.ts';

/** A change of all pixel values alike, `255 * brightness * (value / 255) ** gamma`, clamped. */
export function toneTable(brightness: number, gamma: number): Uint8Array {
  const table = new Uint8Array(256);
  for (let value = 0; value < 256; value++) {
    table[value] = Math.min(255, Math.round(255 * brightness * (value / 255) ** gamma));
  }
  return table;
}

/** Sends `length` values through a table, in place. */
export function applyTable(pixels: Uint8Array, table: Uint8Array, offset: number, length: number): void {
  for (let i = offset; i < offset + length; i++) pixels[i] = table[pixels[i]!]!;
}

/** A band of shadow between two slanted lines. */
export interface Shadow {
  /** Where the edges cross the top and the bottom row, as shares of the width. */
  readonly top: readonly [number, number];
  readonly bottom: readonly [number, number];
  /** What is left of the light, 0 to 1. */
  readonly strength: number;
}

export function drawShadow(stream: RandomStream): Shadow {
  const edge = (): readonly [number, number] => {
    const middle = stream.uniform(-0.2, 1.2);
    const half = stream.uniform(0.1, 0.5);
    return [middle - half, middle + half];
  };
  return { top: edge(), bottom: edge(), strength: stream.uniform(0.4, 0.8) };
}

/** Darkens the band, in place. */
export function castShadow(pixels: Uint8Array, { width, height }: ImageSize, shadow: Shadow, offset: number): void {
  const factor = Math.round(shadow.strength * 256);
  for (let y = 0; y < height; y++) {
    const share = height === 1 ? 0 : y / (height - 1);
    const [from, to] = [0, 1].map((k) =>
      Math.max(0, Math.min(width, Math.round(width * (shadow.top[k]! + share * (shadow.bottom[k]! - shadow.top[k]!))))),
    );
    const start = offset + 3 * y * width;
    for (let i = start + 3 * from!; i < start + 3 * to!; i++) pixels[i] = (pixels[i]! * factor) >> 8;
  }
}

/** A table of normally distributed numbers; noise starts at a random place in it, which is far quicker than drawing. */
export function noiseTable(stream: RandomStream, length = 65_536): Float32Array {
  return Float32Array.from({ length }, () => stream.normal());
}

/** Adds noise of the given standard deviation (of 255), in place. */
export function addNoise(
  pixels: Uint8Array,
  table: Float32Array,
  start: number,
  deviation: number,
  offset: number,
  length: number,
): void {
  for (let i = 0, k = start; i < length; i++, k++) {
    if (k === table.length) k = 0;
    const value = pixels[offset + i]! + deviation * table[k]! + 0.5;
    pixels[offset + i] = value < 0 ? 0 : Math.min(value, 255);
  }
}

/** Averages each pixel with its eight neighbours, in place; edges repeat. @param scratch as long as the picture */
export function blur(pixels: Uint8Array, { width, height }: ImageSize, scratch: Uint8Array, offset: number): void {
  const length = width * height * 3;
  scratch.set(pixels.subarray(offset, offset + length));
  const row = 3 * width;
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? -row : 0;
    const down = y + 1 < height ? row : 0;
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? -3 : 0;
      const right = x + 1 < width ? 3 : 0;
      for (let i = y * row + 3 * x, end = i + 3; i < end; i++) {
        let sum = 4;
        for (const line of [i + up, i, i + down])
          sum += scratch[line + left]! + scratch[line]! + scratch[line + right]!;
        pixels[offset + i] = sum / 9;
      }
    }
  }
}

/** A rectangle as shares of the picture. */
export interface Patch {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly grey: number;
}

/** Covers a rectangle with plain grey, in place. */
export function erase(pixels: Uint8Array, { width, height }: ImageSize, patch: Patch, offset: number): void {
  const [x0, x1] = [Math.round(patch.x * width), Math.round(Math.min(1, patch.x + patch.width) * width)];
  const [y0, y1] = [Math.round(patch.y * height), Math.round(Math.min(1, patch.y + patch.height) * height)];
  for (let y = y0; y < y1; y++) {
    const start = offset + 3 * y * width;
    pixels.fill(patch.grey, start + 3 * x0, start + 3 * x1);
  }
}
