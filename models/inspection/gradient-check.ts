import { createStream } from '../../sim/random/stream.ts';
import * as tf from '../tf.ts';

/** Steps tried, each half as long as the one before. */
const ROWS = 6;

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
  /** Share of the loss by which the longest step is to change it at most; small for networks with many kinks (pooling). */
  readonly change?: number;
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
  const { seed = 1, step = 1.6e-2, change = 0.02 } = options;
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
    // Where the loss is steep a long step is bent by curvature, where it is shallow a short one drowns in rounding.
    const usual = step * Math.max(1, Math.sqrt(dot(original, original)));
    const numeric = await slope(along, Math.min(usual, (change * size) / Math.max(Math.abs(analytic), 1e-12)));
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
  let best = Number.NaN;
  let least = Number.POSITIVE_INFINITY;
  let before: { plain: number; extrapolated: number } | undefined;
  for (let row = 0; row < ROWS; row++) {
    const h = longest / 2 ** row;
    const plain = ((await along(h)) - (await along(-h))) / (2 * h);
    const extrapolated = before === undefined ? plain : (4 * plain - before.plain) / 3;
    if (before !== undefined) {
      const disagreement = Math.max(Math.abs(extrapolated - plain), Math.abs(plain - before.plain));
      if (disagreement < least) {
        least = disagreement;
        best = extrapolated;
      }
    }
    before = { plain, extrapolated };
  }
  return best;
}

/** Unit vector: mostly along the gradient, so that the slope is large against rounding, the rest at random. */
function mixedDirection(gradient: Float32Array, seed: number, name: string): Float64Array {
  const random = createStream(seed, `direction/${name}`);
  const chance = Float64Array.from(gradient, () => random.normal());
  const [long, wide] = [Math.sqrt(dot(gradient, gradient)), Math.sqrt(dot(chance, chance))];
  const mixed = chance.map((value, i) => value / wide + (long === 0 ? 0 : (2 * gradient[i]!) / long));
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
