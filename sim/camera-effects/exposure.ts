import { pow } from '../maths/deterministic.ts';

/** sRGB value, 0 to 1, to linear light (IEC 61966-2-1). */
export function toLight(value: number): number {
  return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/** Linear light to sRGB value, both 0 to 1. */
export function fromLight(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055;
}

/** For each of the 256 sRGB values the one that `stops` more light give; what is too bright is white. */
export function exposureTable(stops: number): Uint8Array {
  const factor = pow(2, stops);
  return Uint8Array.from({ length: 256 }, (_, value) =>
    Math.round(255 * fromLight(Math.min(1, factor * toLight(value / 255)))),
  );
}
