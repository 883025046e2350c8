/** Copies images [rows, columns] of `bytes` a pixel into the middle of larger ones, with zeros around. */
export function pad(
  x: usize, images: i32, rows: i32, columns: i32, bytes: usize,
  top: i32, bottom: i32, left: i32, right: i32, out: usize,
): void {
  const before = <usize>left * bytes;
  const after = <usize>right * bytes;
  const line = <usize>columns * bytes;
  const whole = before + line + after;
  for (let image = 0; image < images; image++) {
    memory.fill(out, 0, <usize>top * whole);
    out += <usize>top * whole;
    for (let row = 0; row < rows; row++) {
      memory.fill(out, 0, before);
      memory.copy(out + before, x, line);
      memory.fill(out + before + line, 0, after);
      out += whole;
      x += line;
    }
    memory.fill(out, 0, <usize>bottom * whole);
    out += <usize>bottom * whole;
  }
}

/**
 * Passes a gradient back through bias and ReLU: dz = y > 0 ? dy : 0 (dz = dy without ReLU), db = Σ_rows dz.
 * `db` must be zero; `dz` may be the same as `dy`, and is not written without ReLU.
 */
export function biasRelu(dy: usize, y: usize, rows: i32, k: i32, relu: bool, dz: usize, db: usize): void {
  const zero = f32x4.splat(0);
  const quads = k >> 2;
  const rowBytes = <usize>k << 2;
  for (let row = 0; row < rows; row++) {
    const at = <usize>row * rowBytes;
    let offset: usize = 0;
    for (let quad = 0; quad < quads; quad++) {
      let value = v128.load(dy + at + offset);
      if (relu) {
        value = v128.and(value, f32x4.gt(v128.load(y + at + offset), zero));
        v128.store(dz + at + offset, value);
      }
      v128.store(db + offset, f32x4.add(v128.load(db + offset), value));
      offset += 16;
    }
    for (; offset < rowBytes; offset += 4) {
      let value = load<f32>(dy + at + offset);
      if (relu) {
        value = load<f32>(y + at + offset) > 0 ? value : 0;
        store<f32>(dz + at + offset, value);
      }
      store<f32>(db + offset, load<f32>(db + offset) + value);
    }
  }
}

/** Bytes to normalised floats through one table of 256 floats per channel (three of them, one after the other). */
export function lookUp(bytes: usize, pixels: i32, tables: usize, out: usize): void {
  for (let i = 0; i < pixels; i++) {
    store<f32>(out, load<f32>(tables + (<usize>load<u8>(bytes) << 2)));
    store<f32>(out, load<f32>(tables + 1024 + (<usize>load<u8>(bytes, 1) << 2)), 4);
    store<f32>(out, load<f32>(tables + 2048 + (<usize>load<u8>(bytes, 2) << 2)), 8);
    bytes += 3;
    out += 12;
  }
}

/** Adam's step; the memories m, v are updated in place. Sizes in numbers. */
export function adam(
  weights: usize, gradient: usize, m: usize, v: usize, next: usize, length: i32,
  scale: f32, beta1: f32, beta2: f32, rate: f32, correction2: f32, epsilon: f32, shrink: f32,
): void {
  const vScale = f32x4.splat(scale), v1 = f32x4.splat(beta1), v2 = f32x4.splat(beta2);
  const rest1 = f32x4.splat(1 - beta1), rest2 = f32x4.splat(1 - beta2);
  const vRate = f32x4.splat(rate), vCorrection = f32x4.splat(correction2);
  const vEpsilon = f32x4.splat(epsilon), vShrink = f32x4.splat(shrink);
  const bytes = <usize>length << 2;
  const quads = bytes & ~15;
  let i: usize = 0;
  for (; i < quads; i += 16) {
    const g = f32x4.mul(v128.load(gradient + i), vScale);
    const first = f32x4.add(f32x4.mul(v1, v128.load(m + i)), f32x4.mul(rest1, g));
    const second = f32x4.add(f32x4.mul(v2, v128.load(v + i)), f32x4.mul(rest2, f32x4.mul(g, g)));
    v128.store(m + i, first);
    v128.store(v + i, second);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, vCorrection)), vEpsilon);
    const w = f32x4.mul(v128.load(weights + i), vShrink);
    v128.store(next + i, f32x4.sub(w, f32x4.div(f32x4.mul(vRate, first), root)));
  }
  for (; i < bytes; i += 4) {
    const g = load<f32>(gradient + i) * scale;
    const first = beta1 * load<f32>(m + i) + (1 - beta1) * g;
    const second = beta2 * load<f32>(v + i) + (1 - beta2) * (g * g);
    store<f32>(m + i, first);
    store<f32>(v + i, second);
    store<f32>(next + i, load<f32>(weights + i) * shrink - (rate * first) / (sqrt<f32>(second * correction2) + epsilon));
  }
}

/** Transposes a matrix. */
export function turn(x: usize, rows: i32, columns: i32, out: usize): void {
  const outRow = <usize>rows << 2;
  for (let row = 0; row < rows; row++) {
    let to = out + (<usize>row << 2);
    for (let column = 0; column < columns; column++) {
      store<f32>(to, load<f32>(x));
      to += outRow;
      x += 4;
    }
  }
}
