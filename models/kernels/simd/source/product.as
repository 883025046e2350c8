// A product of windows with a packed matrix: convolution forward, its input gradient, and matrix products are all this.
//
// out[image, row, column, k] = bias[k] + Σ_tap Σ_j x[image, row, column; tap, j] · w[tap, j, k]
// where the numbers j of one tap lie side by side. All strides are in bytes.

const TILE: usize = 32; // eight numbers of four bytes

/** Puts a block of `rows` × `columns` into tiles of eight columns: [tile][row][8], zeros where columns run out. */
export function pack(
  source: usize, rowStride: usize, columnStride: usize, rows: i32, columns: i32,
  target: usize, totalRows: i32, firstRow: i32,
): void {
  for (let first = 0; first < columns; first += 8) {
    let to = target + (<usize>(first >> 3) * <usize>totalRows + <usize>firstRow) * TILE;
    const count = min(8, columns - first);
    const tileSource = source + <usize>first * columnStride;
    if (count == 8 && columnStride == 4) {
      for (let row = 0; row < rows; row++) {
        const from = tileSource + <usize>row * rowStride;
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
        to += TILE;
      }
      continue;
    }
    for (let row = 0; row < rows; row++) {
      let from = tileSource + <usize>row * rowStride;
      for (let k = 0; k < 8; k++) {
        store<f32>(to + (<usize>k << 2), k < count ? load<f32>(from) : 0);
        from += columnStride;
      }
      to += TILE;
    }
  }
}

@inline
function finish(value: v128, bias: v128, relu: bool): v128 {
  const sum = f32x4.add(value, bias);
  return relu ? f32x4.max(sum, f32x4.splat(0)) : sum;
}

@inline
function put(to: usize, low: v128, high: v128, count: i32): void {
  if (count == 8) {
    v128.store(to, low);
    v128.store(to, high, 16);
    return;
  }
  if (count >= 4) {
    v128.store(to, low);
    low = high;
    to += 16;
    count -= 4;
  }
  if (count > 0) store<f32>(to, f32x4.extract_lane(low, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(low, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(low, 2), 8);
}

export function product(
  x: usize, xImage: usize, xRow: usize, xColumn: usize, xTap: usize,
  images: i32, rows: i32, columns: i32, taps: i32, numbers: i32,
  packed: usize, k: i32, bias: usize, relu: bool,
  out: usize, outImage: usize, outRow: usize, outColumn: usize,
): void {
  const tileBytes = <usize>taps * <usize>numbers * TILE;
  for (let image = 0; image < images; image++) {
    for (let first = 0; first < k; first += 8) {
      const weights = packed + <usize>(first >> 3) * tileBytes;
      const count = min(8, k - first);
      let biasLow = f32x4.splat(0);
      let biasHigh = f32x4.splat(0);
      if (bias != 0) {
        if (count == 8) {
          biasLow = v128.load(bias + (<usize>first << 2));
          biasHigh = v128.load(bias + (<usize>first << 2), 16);
        } else {
          for (let i = 0; i < count; i++) {
            const value = load<f32>(bias + (<usize>(first + i) << 2));
            if (i == 0) biasLow = f32x4.replace_lane(biasLow, 0, value);
            else if (i == 1) biasLow = f32x4.replace_lane(biasLow, 1, value);
            else if (i == 2) biasLow = f32x4.replace_lane(biasLow, 2, value);
            else if (i == 3) biasLow = f32x4.replace_lane(biasLow, 3, value);
            else if (i == 4) biasHigh = f32x4.replace_lane(biasHigh, 0, value);
            else if (i == 5) biasHigh = f32x4.replace_lane(biasHigh, 1, value);
            else biasHigh = f32x4.replace_lane(biasHigh, 2, value);
          }
        }
      }
      for (let row = 0; row < rows; row++) {
        const rowSource = x + <usize>image * xImage + <usize>row * xRow;
        let to = out + <usize>image * outImage + <usize>row * outRow + (<usize>first << 2);
        let column = 0;
        if (count > 4) {
          for (; column + 4 <= columns; column += 4) {
            wide(rowSource + <usize>column * xColumn, xColumn, xTap, taps, numbers, weights, biasLow, biasHigh, relu, to, outColumn, count, xColumn * 3);
            to += outColumn * 4;
          }
          // What is left of the row is computed with the last column repeated, and stored as far as it exists.
          for (; column < columns; column++) {
            single(rowSource + <usize>column * xColumn, xTap, taps, numbers, weights, biasLow, biasHigh, relu, to, count);
            to += outColumn;
          }
        } else {
          for (; column + 4 <= columns; column += 4) {
            narrow(rowSource + <usize>column * xColumn, xColumn, xTap, taps, numbers, weights, biasLow, relu, to, outColumn, count);
            to += outColumn * 4;
          }
          for (; column < columns; column++) {
            single(rowSource + <usize>column * xColumn, xTap, taps, numbers, weights, biasLow, biasHigh, relu, to, count);
            to += outColumn;
          }
        }
      }
    }
  }
}

/** Four columns of the output times eight numbers. */
@inline
function wide(
  source: usize, xColumn: usize, xTap: usize, taps: i32, numbers: i32, weights: usize,
  biasLow: v128, biasHigh: v128, relu: bool, to: usize, outColumn: usize, count: i32, third: usize,
): void {
  let a0 = f32x4.splat(0), b0 = f32x4.splat(0);
  let a1 = f32x4.splat(0), b1 = f32x4.splat(0);
  let a2 = f32x4.splat(0), b2 = f32x4.splat(0);
  let a3 = f32x4.splat(0), b3 = f32x4.splat(0);
  let w = weights;
  const second = xColumn << 1;
  for (let tap = 0; tap < taps; tap++) {
    let p = source + <usize>tap * xTap;
    const end = p + (<usize>numbers << 2);
    while (p < end) {
      const low = v128.load(w);
      const high = v128.load(w, 16);
      let s = v128.load_splat<f32>(p);
      a0 = f32x4.add(a0, f32x4.mul(s, low));
      b0 = f32x4.add(b0, f32x4.mul(s, high));
      s = v128.load_splat<f32>(p + xColumn);
      a1 = f32x4.add(a1, f32x4.mul(s, low));
      b1 = f32x4.add(b1, f32x4.mul(s, high));
      s = v128.load_splat<f32>(p + second);
      a2 = f32x4.add(a2, f32x4.mul(s, low));
      b2 = f32x4.add(b2, f32x4.mul(s, high));
      s = v128.load_splat<f32>(p + third);
      a3 = f32x4.add(a3, f32x4.mul(s, low));
      b3 = f32x4.add(b3, f32x4.mul(s, high));
      w += TILE;
      p += 4;
    }
  }
  put(to, finish(a0, biasLow, relu), finish(b0, biasHigh, relu), count);
  put(to + outColumn, finish(a1, biasLow, relu), finish(b1, biasHigh, relu), count);
  put(to + outColumn * 2, finish(a2, biasLow, relu), finish(b2, biasHigh, relu), count);
  put(to + outColumn * 3, finish(a3, biasLow, relu), finish(b3, biasHigh, relu), count);
}

/** Four columns of the output times four numbers, where a row of numbers ends. */
@inline
function narrow(
  source: usize, xColumn: usize, xTap: usize, taps: i32, numbers: i32, weights: usize,
  biasLow: v128, relu: bool, to: usize, outColumn: usize, count: i32,
): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let w = weights;
  for (let tap = 0; tap < taps; tap++) {
    let p = source + <usize>tap * xTap;
    const end = p + (<usize>numbers << 2);
    while (p < end) {
      const low = v128.load(w);
      a0 = f32x4.add(a0, f32x4.mul(v128.load_splat<f32>(p), low));
      a1 = f32x4.add(a1, f32x4.mul(v128.load_splat<f32>(p + xColumn), low));
      a2 = f32x4.add(a2, f32x4.mul(v128.load_splat<f32>(p + xColumn * 2), low));
      a3 = f32x4.add(a3, f32x4.mul(v128.load_splat<f32>(p + xColumn * 3), low));
      w += TILE;
      p += 4;
    }
  }
  put(to, finish(a0, biasLow, relu), a0, count);
  put(to + outColumn, finish(a1, biasLow, relu), a1, count);
  put(to + outColumn * 2, finish(a2, biasLow, relu), a2, count);
  put(to + outColumn * 3, finish(a3, biasLow, relu), a3, count);
}

/** One column of the output times eight numbers. */
@inline
function single(
  source: usize, xTap: usize, taps: i32, numbers: i32, weights: usize,
  biasLow: v128, biasHigh: v128, relu: bool, to: usize, count: i32,
): void {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let w = weights;
  for (let tap = 0; tap < taps; tap++) {
    let p = source + <usize>tap * xTap;
    const end = p + (<usize>numbers << 2);
    while (p < end) {
      const s = v128.load_splat<f32>(p);
      a = f32x4.add(a, f32x4.mul(s, v128.load(w)));
      b = f32x4.add(b, f32x4.mul(s, v128.load(w, 16)));
      w += TILE;
      p += 4;
    }
  }
  put(to, finish(a, biasLow, relu), finish(b, biasHigh, relu), count);
}
