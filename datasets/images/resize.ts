/** What is cut off a picture before it is resized, as shares of its height and width in [0, 1). */
export interface Crop {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Nothing cut off. */
export const NO_CROP: Crop = { top: 0, bottom: 0, left: 0, right: 0 };

/** Width and height [px]. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of a picture [px]. */
export interface PixelRectangle extends ImageSize {
  readonly x: number;
  readonly y: number;
}

/** Weights are integers that add up to `1 << WEIGHT_BITS` for each output pixel, so that results are exact anywhere. */
const WEIGHT_BITS = 14;
/** The horizontal pass keeps this many bits below the binary point; 8 + 6 + 14 bits stay below 2^31. */
const MIDDLE_BITS = 6;

interface Taps {
  /** First input pixel of each output pixel. */
  readonly first: Int32Array;
  /** Number of input pixels of each output pixel; at most `most`. */
  readonly count: Int32Array;
  readonly most: number;
  /** `[output, most]` */
  readonly weights: Int32Array;
}

const tapsCache = new Map<string, Taps>();

/** The pixels left by a crop, rounded to whole pixels, at least one each way. */
export function cropRectangle(size: ImageSize, crop: Crop): PixelRectangle {
  const x = Math.min(size.width - 1, Math.round(size.width * crop.left));
  const y = Math.min(size.height - 1, Math.round(size.height * crop.top));
  return {
    x,
    y,
    width: Math.max(1, size.width - x - Math.round(size.width * crop.right)),
    height: Math.max(1, size.height - y - Math.round(size.height * crop.bottom)),
  };
}

/**
 * Crops and resizes an RGB picture: area averaging where it shrinks (every input pixel counts by the area it covers),
 * linear interpolation between pixel centres where it grows. Integer arithmetic: the same bytes on every machine.
 * @param source RGB `[height, width, 3]`
 * @param size size of `source`
 * @param target size of the result
 * @param out receives the result at `offset`; made when absent
 * @returns `out`
 */
export function cropAndResize(
  source: Uint8Array,
  size: ImageSize,
  crop: Crop,
  target: ImageSize,
  out: Uint8Array = new Uint8Array(target.width * target.height * 3),
  offset = 0,
): Uint8Array {
  const from = cropRectangle(size, crop);
  if (from.width === target.width && from.height === target.height) {
    for (let row = 0; row < from.height; row++) {
      const start = 3 * ((from.y + row) * size.width + from.x);
      out.set(source.subarray(start, start + 3 * from.width), offset + 3 * row * from.width);
    }
    return out;
  }
  const across = taps(from.width, target.width);
  const down = taps(from.height, target.height);
  const stride = 3 * target.width;
  const middle = new Uint16Array(from.height * stride);
  const half = 1 << (WEIGHT_BITS - MIDDLE_BITS - 1);
  for (let row = 0; row < from.height; row++) {
    const line = 3 * ((from.y + row) * size.width + from.x);
    for (let x = 0, o = row * stride; x < target.width; x++, o += 3) {
      let r = half;
      let g = half;
      let b = half;
      let i = line + 3 * across.first[x]!;
      for (let k = x * across.most, end = k + across.count[x]!; k < end; k++, i += 3) {
        const w = across.weights[k]!;
        r += w * source[i]!;
        g += w * source[i + 1]!;
        b += w * source[i + 2]!;
      }
      middle[o] = r >> (WEIGHT_BITS - MIDDLE_BITS);
      middle[o + 1] = g >> (WEIGHT_BITS - MIDDLE_BITS);
      middle[o + 2] = b >> (WEIGHT_BITS - MIDDLE_BITS);
    }
  }
  const sums = new Int32Array(stride);
  for (let y = 0; y < target.height; y++) {
    sums.fill(1 << (WEIGHT_BITS + MIDDLE_BITS - 1));
    for (let k = 0; k < down.count[y]!; k++) {
      const w = down.weights[y * down.most + k]!;
      const line = (down.first[y]! + k) * stride;
      for (let i = 0; i < stride; i++) sums[i]! += w * middle[line + i]!;
    }
    const start = offset + y * stride;
    for (let i = 0; i < stride; i++) out[start + i] = sums[i]! >> (WEIGHT_BITS + MIDDLE_BITS);
  }
  return out;
}

function taps(from: number, to: number): Taps {
  const key = `${from} ${to}`;
  const known = tapsCache.get(key);
  if (known !== undefined) return known;
  const scale = from / to;
  const most = scale > 1 ? Math.ceil(scale) + 1 : 2;
  const made: Taps = { first: new Int32Array(to), count: new Int32Array(to), most, weights: new Int32Array(to * most) };
  for (let i = 0; i < to; i++) {
    const shares =
      scale > 1 ? areaShares(i * scale, (i + 1) * scale, from) : linearShares((i + 0.5) * scale - 0.5, from);
    made.first[i] = shares.first;
    made.count[i] = shares.weights.length;
    // Rounding the running sum instead of each weight makes the weights add up exactly.
    const total = shares.weights.reduce((sum, weight) => sum + weight, 0);
    let running = 0;
    let given = 0;
    shares.weights.forEach((weight, k) => {
      running += weight;
      const upTo = Math.round((running / total) * (1 << WEIGHT_BITS));
      made.weights[i * most + k] = upTo - given;
      given = upTo;
    });
  }
  if (tapsCache.size > 256) tapsCache.clear();
  tapsCache.set(key, made);
  return made;
}

function areaShares(start: number, end: number, size: number): { first: number; weights: number[] } {
  const first = Math.min(size - 1, Math.floor(start));
  const weights: number[] = [];
  for (let pixel = first; pixel < Math.min(size, Math.ceil(end - 1e-9)); pixel++) {
    weights.push(Math.min(pixel + 1, end) - Math.max(pixel, start));
  }
  return { first, weights };
}

function linearShares(centre: number, size: number): { first: number; weights: number[] } {
  const place = Math.min(size - 1, Math.max(0, centre));
  const first = Math.min(size - 1, Math.floor(place));
  const share = place - first;
  return share === 0 ? { first, weights: [1] } : { first, weights: [1 - share, share] };
}
