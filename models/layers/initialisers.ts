import type { RandomStream } from '../../sim/random/stream.ts';

/** Fills a new variable of a shape with numbers from a stream. */
export type Initialiser = (shape: readonly number[], stream: RandomStream) => Float32Array;

/** Names under which an initialiser can be chosen. */
export const INITIALISER_NAMES = ['he', 'xavier', 'orthogonal', 'zeros'] as const;
export type InitialiserName = (typeof INITIALISER_NAMES)[number];

const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Inputs and outputs of one unit: all but the last axis, and all but the last two times the last (filters). */
function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const outputs = shape.at(-1) ?? 1;
  const inputs = shape.at(-2) ?? 1;
  const taps = size(shape.slice(0, -2));
  return { fanIn: taps * inputs, fanOut: taps * outputs };
}

/** Normal with variance 2 / fan-in (He et al. 2015): keeps the signal's size through layers with ReLU. */
export const he: Initialiser = (shape, stream) => {
  const std = Math.sqrt(2 / fans(shape).fanIn);
  return Float32Array.from({ length: size(shape) }, () => stream.normal(0, std));
};

/** Uniform in ±√(6 / (fan-in + fan-out)) (Glorot & Bengio 2010). */
export const xavier: Initialiser = (shape, stream) => {
  const { fanIn, fanOut } = fans(shape);
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return Float32Array.from({ length: size(shape) }, () => stream.uniform(-limit, limit));
};

/** All the same number. */
export const constant =
  (value: number): Initialiser =>
  (shape) =>
    new Float32Array(size(shape)).fill(value);

export const zeros: Initialiser = constant(0);
export const ones: Initialiser = constant(1);

/**
 * Orthonormal rows or columns, whichever are fewer (Saxe et al. 2014), by Gram–Schmidt on normal numbers, taken twice
 * against rounding. All axes but the last are one axis of rows.
 */
export const orthogonal: Initialiser = (shape, stream) => {
  const columns = shape.at(-1) ?? 1;
  const rows = size(shape) / columns;
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const basis: Float64Array[] = [];
  while (basis.length < count) {
    const vector = Float64Array.from({ length }, () => stream.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        const overlap = dot(vector, other);
        for (let i = 0; i < length; i++) vector[i]! -= overlap * other[i]!;
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    if (norm > 1e-6) basis.push(vector.map((value) => value / norm));
  }
  const out = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      out[row * columns + column] = rows <= columns ? basis[row]![column]! : basis[column]![row]!;
    }
  }
  return out;
};

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export const INITIALISERS: Readonly<Record<InitialiserName, Initialiser>> = { he, xavier, orthogonal, zeros };
