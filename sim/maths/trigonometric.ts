/**
 * Trigonometric functions from `+ - * /`, `Math.floor` and `Math.sqrt` only: the same bits in every engine.
 * Coefficients and split constants: fdlibm 5.3 (Sun Microsystems, netlib.org/fdlibm), unless another source is named.
 */

const PI = Math.PI;
const HALF_PI = PI / 2;

/** pi/2 as a sum whose first two parts have 33 significant bits, so that n·part is exact for n < 2^20. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
const TWO_OVER_PI = 0.6366197723675814;

/** sin(x + tail) for |x| <= pi/4. */
function sinKernel(x: number, tail: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x - (z * (0.5 * tail - v * r) - tail - v * -0.16666666666666632);
}

/** cos(x + tail) for |x| <= pi/4. */
function cosKernel(x: number, tail: number): number {
  const z = x * x;
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (2.480158728947673e-5 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * tail));
}

/** Index of the quadrant in which `x` lies, counted in steps of pi/2 around 0. */
function quadrantOf(x: number): number {
  return Math.floor(x * TWO_OVER_PI + 0.5);
}

/**
 * sin(x + quarterTurns·pi/2), the one place where angles are reduced.
 * @param x [rad]; beyond |x| of 1.6e6 the reduction loses digits
 */
function sinShifted(x: number, quarterTurns: number): number {
  const n = quadrantOf(x);
  let head = x;
  let tail = 0;
  if (n !== 0) {
    const rough = x - n * HALF_PI_1;
    const finer = rough - n * HALF_PI_2;
    const correction = n * HALF_PI_3 - (rough - finer - n * HALF_PI_2);
    head = finer - correction;
    tail = finer - head - correction;
  }
  const turns = n + quarterTurns;
  const quadrant = turns - 4 * Math.floor(turns / 4);
  const value = quadrant === 1 || quadrant === 3 ? cosKernel(head, tail) : sinKernel(head, tail);
  return quadrant >= 2 ? -value : value;
}

/** Sine. @param x [rad], |x| < 1e6 for full accuracy */
export function sin(x: number): number {
  return sinShifted(x, 0);
}

/** Cosine. @param x [rad], |x| < 1e6 for full accuracy */
export function cos(x: number): number {
  return sinShifted(x, 1);
}

/** Tangent. @param x [rad], |x| < 1e6 for full accuracy */
export function tan(x: number): number {
  return sinShifted(x, 0) / sinShifted(x, 1);
}

/** atan at 0.5, 1, 1.5 and infinity, each as a double and the remainder that the double leaves. */
const ATAN_HIGH = [0.4636476090008061, 0.7853981633974483, 0.982793723247329, HALF_PI] as const;
const ATAN_LOW = [
  2.2698777452961687e-17, 3.061616997868383e-17, 1.3903311031230998e-17, 6.123233995736766e-17,
] as const;

/** Arc tangent [rad], in [-pi/2, pi/2]. */
export function atan(x: number): number {
  if (x < 0) return -atan(-x);
  if (!(x < 1e17)) return x > 0 ? HALF_PI : x;
  if (x < 0.4375) return x - x * atanSeries(x);
  // atan(x) = atan(c) + atan((x - c) / (1 + c·x)), with c chosen so that the last argument is small.
  const part = x < 0.6875 ? 0 : x < 1.1875 ? 1 : x < 2.4375 ? 2 : 3;
  const y =
    part === 0
      ? (2 * x - 1) / (2 + x)
      : part === 1
        ? (x - 1) / (x + 1)
        : part === 2
          ? (x - 1.5) / (1 + 1.5 * x)
          : -1 / x;
  return ATAN_HIGH[part] - (y * atanSeries(y) - ATAN_LOW[part] - y);
}

/** 1 - atan(x)/x for |x| < 0.4375. */
function atanSeries(x: number): number {
  const z = x * x;
  const w = z * z;
  const odd =
    z *
    (0.3333333333333293 +
      w *
        (0.14285714272503466 +
          w *
            (0.09090887133436507 + w * (0.06661073137387531 + w * (0.049768779946159324 + w * 0.016285820115365782)))));
  const even =
    w *
    (-0.19999999999876483 +
      w * (-0.11111110405462356 + w * (-0.0769187620504483 + w * (-0.058335701337905735 + w * -0.036531572744216916))));
  return odd + even;
}

/** Angle of the vector (x, y) from the x axis [rad], in [-pi, pi]; 0 for the zero vector. */
export function atan2(y: number, x: number): number {
  if (x === 0) return y > 0 ? HALF_PI : y < 0 ? -HALF_PI : y;
  const acute = atan(Math.abs(y / x));
  // pi is slightly more than its double; what is missing belongs into the difference.
  const angle = x > 0 ? acute : PI - (acute - 1.2246467991473532e-16);
  return y < 0 ? -angle : angle;
}

/** Arc sine [rad], in [-pi/2, pi/2]; NaN outside [-1, 1]. */
export function asin(x: number): number {
  return atan2(x, Math.sqrt((1 - x) * (1 + x)));
}

/** Arc cosine [rad], in [0, pi]; NaN outside [-1, 1]. */
export function acos(x: number): number {
  return 2 * atan2(Math.sqrt(1 - x), Math.sqrt(1 + x));
}
