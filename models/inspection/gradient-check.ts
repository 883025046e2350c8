import * as tf from '@tensorflow/tfjs-core';
import { createStream } from '../../sim/random/stream.ts';

/** How one variable's gradient compares with finite differences. */
export interface GradientCheck {
  readonly variable: string;
  /** Slope of the loss along a random direction, by back-propagation. */
  readonly analytic: number;
  /** The same by finite differences. */
  readonly numeric: number;
  /** |analytic − numeric| / max(|analytic|, |numeric|, floor). */
  readonly relativeError: number;
}

export interface GradientCheckOptions {
  /** Seed of the directions. */
  readonly seed?: number;
  /** Length of the longest step tried along a direction, relative to the variable's own norm (at least 1). */
  readonly step?: number;
}

/**
 * Compares the gradient of every variable with finite differences along a direction that has a share of the gradient and
 * a random share.
 *
 * In float32 a difference quotient is wrong by about ε·|loss| / h from rounding and by h² from curvature (and by a kink of
 * a ReLU anywhere within h): several steps are tried with Richardson's extrapolation, and the one where neighbouring
 * estimates agree best is taken (Ridders 1982), without looking at the analytic value.
 * @param loss scalar; must be the same function at every call (no dropout)
 * @param variables by name
 */
export async function checkGradients(
  loss: () => tf.Scalar,
  variables: ReadonlyMap<string, tf.Variable>,
  options: GradientCheckOptions = {},
): Promise<GradientCheck[]> {
  const { seed = 1, step = 3e-2 } = options;
  const { value, grads } = tf.variableGrads(loss, [...variables.values()]);
  const size = Math.abs((await value.data())[0]!);
  value.dispose();
  const results: GradientCheck[] = [];
  for (const [name, variable] of variables) {
    const original = (await variable.data()).slice() as Float32Array;
    const gradient = (await grads[variable.name]!.data()) as Float32Array;
    const direction = mixedDirection(gradient, seed, name);
    const analytic = dot(gradient, direction);
    const along = async (distance: number): Promise<number> => {
      move(variable, original, direction, distance);
      const at = tf.tidy(loss);
      const result = (await at.data())[0]!;
      at.dispose();
      return result;
    };
    const numeric = await slope(along, step * Math.max(1, Math.sqrt(dot(original, original))));
    move(variable, original, direction, 0);
    const floor = 1e-5 * Math.max(size, 1e-3);
    const relativeError = Math.abs(analytic - numeric) / Math.max(Math.abs(analytic), Math.abs(numeric), floor);
    results.push({ variable: name, analytic, numeric, relativeError });
  }
  tf.dispose(grads);
  return results;
}

/** Ridders' method: central differences at shrinking steps, extrapolated; the estimate with the least disagreement. */
async function slope(along: (distance: number) => Promise<number>, longest: number): Promise<number> {
  const shrink = 2;
  const rows = 8;
  const table: number[][] = [];
  let best = Number.NaN;
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    const h = longest / shrink ** row;
    const estimates = [((await along(h)) - (await along(-h))) / (2 * h)];
    for (let order = 1; order <= Math.min(row, 2); order++) {
      const factor = shrink ** (2 * order);
      estimates.push((factor * estimates[order - 1]! - table[row - 1]![order - 1]!) / (factor - 1));
      const disagreement = Math.max(
        Math.abs(estimates[order]! - estimates[order - 1]!),
        Math.abs(estimates[order]! - table[row - 1]![order - 1]!),
      );
      if (disagreement < least) {
        least = disagreement;
        best = estimates[order]!;
      }
    }
    table.push(estimates);
  }
  return best;
}

/** Unit vector: half along the gradient, so that the slope is large against rounding, half at random. */
function mixedDirection(gradient: Float32Array, seed: number, name: string): Float64Array {
  const random = createStream(seed, `direction/${name}`);
  const chance = Float64Array.from(gradient, () => random.normal());
  const [long, wide] = [Math.sqrt(dot(gradient, gradient)), Math.sqrt(dot(chance, chance))];
  const mixed = chance.map((value, i) => value / wide + (long === 0 ? 0 : gradient[i]! / long));
  const norm = Math.sqrt(dot(mixed, mixed));
  return mixed.map((value) => value / norm);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function move(variable: tf.Variable, original: Float32Array, direction: Float64Array, distance: number): void {
  const moved = tf.tensor(
    original.map((value, i) => value + distance * direction[i]!),
    variable.shape,
  );
  variable.assign(moved);
  moved.dispose();
}
