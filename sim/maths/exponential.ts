/**
 * Exponentials, logarithms and powers from `+ - * /`, `Math.floor` and `Math.sqrt` only: the same bits in every engine.
 * Coefficients and split constants: fdlibm 5.3 (Sun Microsystems, netlib.org/fdlibm), unless another source is named.
 */

/** ln 2 as a sum whose first part has 33 significant bits. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** 2^k for k in [-1074, 1023]; doubling and halving are exact. */
const POWERS_OF_TWO = new Float64Array(1023 + 1074 + 1);
POWERS_OF_TWO[1074] = 1;
for (let k = 1; k <= 1023; k++) POWERS_OF_TWO[1074 + k] = POWERS_OF_TWO[1073 + k]! * 2;
for (let k = -1; k >= -1074; k--) POWERS_OF_TWO[1074 + k] = POWERS_OF_TWO[1075 + k]! / 2;

/** e^x. Overflows to Infinity above 709.78 and to 0 below -745.13. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const z = r * r;
  const c =
    r -
    z *
      (0.16666666666666602 +
        z *
          (-0.0027777777777015593 +
            z * (6.613756321437934e-5 + z * (-1.6533902205465252e-6 + z * 4.1381367970572385e-8))));
  const mantissa = 1 - (low - (r * c) / (2 - c) - high);
  return scale(mantissa, k);
}

/** x·2^k, in two steps because 2^1024 is no double. */
function scale(x: number, k: number): number {
  const first = Math.floor(k / 2);
  return x * POWERS_OF_TWO[1074 + first]! * POWERS_OF_TWO[1074 + k - first]!;
}

/** Natural logarithm; -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  // x = m·2^k with m in [sqrt(1/2), sqrt(2)).
  let k = 0;
  let m = x;
  for (let step = 512; step >= 1; step /= 2) {
    if (m >= POWERS_OF_TWO[1074 + step]!) {
      m /= POWERS_OF_TWO[1074 + step]!;
      k += step;
    } else if (m < POWERS_OF_TWO[1074 + 1 - step]!) {
      m *= POWERS_OF_TWO[1074 + step]!;
      k -= step;
    }
  }
  // Denormal numbers need more than the 1023 halvings of the ladder.
  while (m < 1) {
    m *= 2;
    k -= 1;
  }
  if (m > Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + odd + even) + k * LN2_LOW) - f);
}

/**
 * x^y. Whole exponents up to 64 are multiplied out; for others the relative error is about 4e-16·(1 + |y·ln x|).
 * NaN for a negative base with a broken exponent.
 */
export function pow(x: number, y: number): number {
  if (y === 0.5) return Math.sqrt(x);
  if (y === Math.floor(y) && y >= -64 && y <= 64) {
    let result = 1;
    let square = x;
    for (let n = Math.abs(y); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result *= square;
      square *= square;
    }
    return y < 0 ? 1 / result : result;
  }
  if (x === 0) return y > 0 ? 0 : Infinity;
  if (x < 0 && y === Math.floor(y)) return y % 2 === 0 ? exp(y * log(-x)) : -exp(y * log(-x));
  return exp(y * log(x));
}

/** Hyperbolic tangent. */
export function tanh(x: number): number {
  if (x < 0) return -tanh(-x);
  if (x > 0.6) return 1 - 2 / (exp(2 * x) + 1);
  // Lambert's continued fraction (1768), deep enough for |x| <= 0.6.
  const z = x * x;
  let denominator = 19;
  for (let odd = 17; odd >= 1; odd -= 2) denominator = odd + z / denominator;
  return x / denominator;
}
