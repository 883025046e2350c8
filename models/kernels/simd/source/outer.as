// A sum of outer products over all positions: the filter gradient of a convolution, and Aᵀ·B.
//
// dw[tap, j, k] += Σ_row Σ_column x[row, column; tap, j] · dy[row, column, k]
// where the numbers j of one tap lie side by side. `dw` must be zero or hold a sum to add to. All strides are in bytes.

export function outer(
  x: usize, xImage: usize, xRow: usize, xColumn: usize, xTap: usize,
  dy: usize, images: i32, rows: i32, columns: i32, taps: i32, numbers: i32, k: i32, dw: usize,
): void {
  const dyColumn = <usize>k << 2;
  const dyRow = dyColumn * <usize>columns;
  const total = images * rows;
  // So many rows at a time that the sums stay in registers for long and the rows in the cache.
  const block = max(1, min(total, 160 / columns));
  for (let first = 0; first < total; first += block) {
    const last = min(total, first + block);
    for (let tap = 0; tap < taps; tap++) {
      const tapSource = x + <usize>tap * xTap;
      const tapTarget = dw + <usize>tap * <usize>numbers * dyColumn;
      let start = 0;
      for (; start + 8 <= k; start += 8) {
        for (let j = 0; j < numbers; j += 4) {
          eight(tapSource, xImage, xRow, xColumn, dy + (<usize>start << 2), dyRow, dyColumn, rows, columns, first, last,
            j, numbers, tapTarget + (<usize>start << 2));
        }
      }
      if (start + 4 <= k) {
        for (let j = 0; j < numbers; j += 4) {
          four(tapSource, xImage, xRow, xColumn, dy + (<usize>start << 2), dyRow, dyColumn, rows, columns, first, last,
            j, numbers, tapTarget + (<usize>start << 2));
        }
        start += 4;
      }
      for (; start < k; start++) {
        for (let j = 0; j < numbers; j++) {
          one(tapSource + (<usize>j << 2), xImage, xRow, xColumn, dy + (<usize>start << 2), dyRow, dyColumn, rows, columns,
            first, last, tapTarget + <usize>j * dyColumn + (<usize>start << 2));
        }
      }
    }
  }
}

/** Four numbers j (repeating the last where they run out) times eight numbers k. */
@inline
function eight(
  x: usize, xImage: usize, xRow: usize, xColumn: usize, dy: usize, dyRow: usize, dyColumn: usize,
  rows: i32, columns: i32, first: i32, last: i32, j: i32, numbers: i32, dw: usize,
): void {
  const end = numbers - 1;
  const j1 = min(j + 1, end), j2 = min(j + 2, end), j3 = min(j + 3, end);
  const o0 = <usize>j << 2, o1 = <usize>j1 << 2, o2 = <usize>j2 << 2, o3 = <usize>j3 << 2;
  const t0 = dw + <usize>j * dyColumn, t1 = dw + <usize>j1 * dyColumn;
  const t2 = dw + <usize>j2 * dyColumn, t3 = dw + <usize>j3 * dyColumn;
  let a0 = v128.load(t0), b0 = v128.load(t0, 16);
  let a1 = v128.load(t1), b1 = v128.load(t1, 16);
  let a2 = v128.load(t2), b2 = v128.load(t2, 16);
  let a3 = v128.load(t3), b3 = v128.load(t3, 16);
  for (let row = first; row < last; row++) {
    let p = x + <usize>(row / rows) * xImage + <usize>(row % rows) * xRow;
    let q = dy + <usize>row * dyRow;
    const stop = q + dyRow;
    while (q < stop) {
      const low = v128.load(q);
      const high = v128.load(q, 16);
      let s = v128.load_splat<f32>(p + o0);
      a0 = f32x4.add(a0, f32x4.mul(s, low));
      b0 = f32x4.add(b0, f32x4.mul(s, high));
      s = v128.load_splat<f32>(p + o1);
      a1 = f32x4.add(a1, f32x4.mul(s, low));
      b1 = f32x4.add(b1, f32x4.mul(s, high));
      s = v128.load_splat<f32>(p + o2);
      a2 = f32x4.add(a2, f32x4.mul(s, low));
      b2 = f32x4.add(b2, f32x4.mul(s, high));
      s = v128.load_splat<f32>(p + o3);
      a3 = f32x4.add(a3, f32x4.mul(s, low));
      b3 = f32x4.add(b3, f32x4.mul(s, high));
      p += xColumn;
      q += dyColumn;
    }
  }
  // A repeated j holds the same sum as its original: storing it again changes nothing.
  v128.store(t0, a0);
  v128.store(t0, b0, 16);
  v128.store(t1, a1);
  v128.store(t1, b1, 16);
  v128.store(t2, a2);
  v128.store(t2, b2, 16);
  v128.store(t3, a3);
  v128.store(t3, b3, 16);
}

/** Four numbers j times four numbers k. */
@inline
function four(
  x: usize, xImage: usize, xRow: usize, xColumn: usize, dy: usize, dyRow: usize, dyColumn: usize,
  rows: i32, columns: i32, first: i32, last: i32, j: i32, numbers: i32, dw: usize,
): void {
  const end = numbers - 1;
  const j1 = min(j + 1, end), j2 = min(j + 2, end), j3 = min(j + 3, end);
  const o0 = <usize>j << 2, o1 = <usize>j1 << 2, o2 = <usize>j2 << 2, o3 = <usize>j3 << 2;
  const t0 = dw + <usize>j * dyColumn, t1 = dw + <usize>j1 * dyColumn;
  const t2 = dw + <usize>j2 * dyColumn, t3 = dw + <usize>j3 * dyColumn;
  let a0 = v128.load(t0);
  let a1 = v128.load(t1);
  let a2 = v128.load(t2);
  let a3 = v128.load(t3);
  for (let row = first; row < last; row++) {
    let p = x + <usize>(row / rows) * xImage + <usize>(row % rows) * xRow;
    let q = dy + <usize>row * dyRow;
    const stop = q + dyRow;
    while (q < stop) {
      const low = v128.load(q);
      a0 = f32x4.add(a0, f32x4.mul(v128.load_splat<f32>(p + o0), low));
      a1 = f32x4.add(a1, f32x4.mul(v128.load_splat<f32>(p + o1), low));
      a2 = f32x4.add(a2, f32x4.mul(v128.load_splat<f32>(p + o2), low));
      a3 = f32x4.add(a3, f32x4.mul(v128.load_splat<f32>(p + o3), low));
      p += xColumn;
      q += dyColumn;
    }
  }
  v128.store(t0, a0);
  v128.store(t1, a1);
  v128.store(t2, a2);
  v128.store(t3, a3);
}

@inline
function one(
  x: usize, xImage: usize, xRow: usize, xColumn: usize, dy: usize, dyRow: usize, dyColumn: usize,
  rows: i32, columns: i32, first: i32, last: i32, dw: usize,
): void {
  let sum = load<f32>(dw);
  for (let row = first; row < last; row++) {
    let p = x + <usize>(row / rows) * xImage + <usize>(row % rows) * xRow;
    let q = dy + <usize>row * dyRow;
    const stop = q + dyRow;
    while (q < stop) {
      sum += load<f32>(p) * load<f32>(q);
      p += xColumn;
      q += dyColumn;
    }
  }
  store<f32>(dw, sum);
}
