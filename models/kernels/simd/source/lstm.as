// An LSTM over a sequence, forward and backward; gates in the order i, f, g, o. Sizes in numbers.

const LOG2E: f32 = 1.44269504088896341;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;

/** eˣ to about one unit in the last place: 2ⁿ·e^r with |r| ≤ ln 2 / 2, e^r by the minimax polynomial of Cephes' expf. */
@inline
function exp4(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2E)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

@inline
function sigmoid4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
}

/** 1 − 2 / (e²ˣ + 1), and near 0, where that cancels, the first terms of the series x − x³/3 + 2x⁵/15 − 17x⁷/315. */
@inline
function tanh4(x: v128): v128 {
  const two = f32x4.splat(2);
  const far = f32x4.sub(f32x4.splat(1), f32x4.div(two, f32x4.add(exp4(f32x4.mul(two, x)), f32x4.splat(1))));
  const s = f32x4.mul(x, x);
  let p = f32x4.splat(-17.0 / 315.0);
  p = f32x4.add(f32x4.mul(p, s), f32x4.splat(2.0 / 15.0));
  p = f32x4.add(f32x4.mul(p, s), f32x4.splat(-1.0 / 3.0));
  const near = f32x4.add(x, f32x4.mul(f32x4.mul(p, s), x));
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), f32x4.splat(0.15)));
}

/** gates += Σ_unit h[unit] · recurrent[unit, :]; `width` is a multiple of sixteen. */
@inline
function addRecurrent(gates: usize, h: usize, units: i32, recurrent: usize, width: i32): void {
  const rowBytes = <usize>width << 2;
  const end = h + (<usize>units << 2);
  for (let k: usize = 0; k < rowBytes; k += 64) {
    let a = v128.load(gates + k);
    let b = v128.load(gates + k, 16);
    let c = v128.load(gates + k, 32);
    let d = v128.load(gates + k, 48);
    let w = recurrent + k;
    for (let p = h; p < end; p += 4) {
      const s = v128.load_splat<f32>(p);
      a = f32x4.add(a, f32x4.mul(s, v128.load(w)));
      b = f32x4.add(b, f32x4.mul(s, v128.load(w, 16)));
      c = f32x4.add(c, f32x4.mul(s, v128.load(w, 32)));
      d = f32x4.add(d, f32x4.mul(s, v128.load(w, 48)));
      w += rowBytes;
    }
    v128.store(gates + k, a);
    v128.store(gates + k, b, 16);
    v128.store(gates + k, c, 32);
    v128.store(gates + k, d, 48);
  }
}

/** `units` is a multiple of four. All [batch, time, …] row by row; the initial state is [batch, units]. */
export function lstmForward(
  projected: usize, recurrent: usize, initialHidden: usize, initialCell: usize,
  batch: i32, time: i32, units: i32, hidden: usize, cell: usize, gates: usize,
): void {
  const width = units << 2;
  const unitBytes = <usize>units << 2;
  const rowBytes = unitBytes << 2;
  memory.copy(gates, projected, <usize>batch * <usize>time * rowBytes);
  for (let b = 0; b < batch; b++) {
    let h = initialHidden + <usize>b * unitBytes;
    let c = initialCell + <usize>b * unitBytes;
    for (let t = 0; t < time; t++) {
      const step = <usize>(b * time + t);
      const gate = gates + step * rowBytes;
      const nextHidden = hidden + step * unitBytes;
      const nextCell = cell + step * unitBytes;
      addRecurrent(gate, h, units, recurrent, width);
      for (let at: usize = 0; at < unitBytes; at += 16) {
        const i = sigmoid4(v128.load(gate + at));
        const f = sigmoid4(v128.load(gate + unitBytes + at));
        const g = tanh4(v128.load(gate + unitBytes * 2 + at));
        const o = sigmoid4(v128.load(gate + unitBytes * 3 + at));
        const now = f32x4.add(f32x4.mul(f, v128.load(c + at)), f32x4.mul(i, g));
        v128.store(gate + at, i);
        v128.store(gate + unitBytes + at, f);
        v128.store(gate + unitBytes * 2 + at, g);
        v128.store(gate + unitBytes * 3 + at, o);
        v128.store(nextCell + at, now);
        v128.store(nextHidden + at, f32x4.mul(o, tanh4(now)));
      }
      h = nextHidden;
      c = nextCell;
    }
  }
}

/** `dh`, `dc` are memory for [batch, units]; they end as the gradient with respect to the initial state. */
export function lstmBackward(
  recurrent: usize, initialCell: usize, cell: usize, gates: usize, hiddenGradient: usize, cellGradient: usize,
  batch: i32, time: i32, units: i32, projectedGradient: usize, dh: usize, dc: usize,
): void {
  const unitBytes = <usize>units << 2;
  const rowBytes = unitBytes << 2;
  const one = f32x4.splat(1);
  memory.fill(dh, 0, <usize>batch * unitBytes);
  memory.fill(dc, 0, <usize>batch * unitBytes);
  for (let b = 0; b < batch; b++) {
    const h = dh + <usize>b * unitBytes;
    const c = dc + <usize>b * unitBytes;
    for (let t = time - 1; t >= 0; t--) {
      const step = <usize>(b * time + t);
      const gate = gates + step * rowBytes;
      const out = projectedGradient + step * rowBytes;
      const past = t == 0 ? initialCell + <usize>b * unitBytes : cell + (step - 1) * unitBytes;
      for (let at: usize = 0; at < unitBytes; at += 16) {
        const i = v128.load(gate + at);
        const f = v128.load(gate + unitBytes + at);
        const g = v128.load(gate + unitBytes * 2 + at);
        const o = v128.load(gate + unitBytes * 3 + at);
        const squashed = tanh4(v128.load(cell + step * unitBytes + at));
        const toHidden = f32x4.add(v128.load(h + at), v128.load(hiddenGradient + step * unitBytes + at));
        const through = f32x4.mul(f32x4.mul(toHidden, o), f32x4.sub(one, f32x4.mul(squashed, squashed)));
        const given = f32x4.add(v128.load(c + at), v128.load(cellGradient + step * unitBytes + at));
        const toCell = f32x4.add(given, through);
        v128.store(out + at, f32x4.mul(f32x4.mul(toCell, g), f32x4.mul(i, f32x4.sub(one, i))));
        v128.store(out + unitBytes + at,
          f32x4.mul(f32x4.mul(toCell, v128.load(past + at)), f32x4.mul(f, f32x4.sub(one, f))));
        v128.store(out + unitBytes * 2 + at, f32x4.mul(f32x4.mul(toCell, i), f32x4.sub(one, f32x4.mul(g, g))));
        v128.store(out + unitBytes * 3 + at,
          f32x4.mul(f32x4.mul(toHidden, squashed), f32x4.mul(o, f32x4.sub(one, o))));
        v128.store(c + at, f32x4.mul(toCell, f));
      }
      for (let unit: usize = 0; unit < <usize>units; unit++) {
        const w = recurrent + unit * rowBytes;
        let sum = f32x4.splat(0);
        for (let k: usize = 0; k < rowBytes; k += 16) {
          sum = f32x4.add(sum, f32x4.mul(v128.load(out + k), v128.load(w + k)));
        }
        store<f32>(h + (unit << 2), (f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1))
          + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)));
      }
    }
  }
}
