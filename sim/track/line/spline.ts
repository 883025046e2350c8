import { hypot } from '../../maths/deterministic.ts';
import { type Cubic, CubicCurve } from './cubic.ts';
import { ReferenceLine } from './reference-line.ts';

/**
 * Interpolating cubic spline with continuous second derivative: natural ends, or periodic (de Boor, A Practical Guide
 * to Splines, chapter IV).
 * @param knots `[count]`, rising; with `closed` one more than values, the last where the first value comes again
 * @param values `[count]`
 * @returns coefficients of each interval's polynomial, which counts from the interval's start
 */
export function cubicSpline(knots: ArrayLike<number>, values: ArrayLike<number>, closed: boolean): Cubic[] {
  const count = values.length;
  const intervals = closed ? count : count - 1;
  const valueAt = (i: number): number => values[i % count]!;
  const width = (i: number): number => knots[i + 1]! - knots[i]!;
  const slope = (i: number): number => (valueAt(i + 1) - valueAt(i)) / width(i);
  const bends = closed ? periodicBends(count, width, slope) : naturalBends(count, width, slope);
  return Array.from({ length: intervals }, (_, i) => {
    const [from, to] = [bends[i]!, bends[(i + 1) % count]!];
    const h = width(i);
    return [valueAt(i), slope(i) - (h * (2 * from + to)) / 6, from / 2, (to - from) / (6 * h)] as const;
  });
}

type OfInterval = (i: number) => number;

/** Second derivatives at the knots, zero at both ends. */
function naturalBends(count: number, width: OfInterval, slope: OfInterval): number[] {
  const bends = new Array<number>(count).fill(0);
  if (count < 3) return bends;
  const lower: number[] = [];
  const diagonal: number[] = [];
  const right: number[] = [];
  for (let i = 1; i < count - 1; i++) {
    lower.push(width(i - 1));
    diagonal.push(2 * (width(i - 1) + width(i)));
    right.push(6 * (slope(i) - slope(i - 1)));
  }
  const upper = [...lower.slice(1), 0];
  solveTridiagonal(lower, diagonal, upper, right).forEach((bend, i) => {
    bends[i + 1] = bend;
  });
  return bends;
}

/** Second derivatives at the knots of a closed curve: cyclic system by the Sherman-Morrison formula. */
function periodicBends(count: number, width: OfInterval, slope: OfInterval): number[] {
  const before = (i: number): number => (i + count - 1) % count;
  const lower = Array.from({ length: count }, (_, i) => width(before(i)));
  const upper = Array.from({ length: count }, (_, i) => width(i));
  const diagonal = Array.from({ length: count }, (_, i) => 2 * (width(before(i)) + width(i)));
  const right = Array.from({ length: count }, (_, i) => 6 * (slope(i) - slope(before(i))));
  const corner = width(count - 1);
  const pivot = -diagonal[0]!;
  diagonal[0]! -= pivot;
  diagonal[count - 1]! -= (corner * corner) / pivot;
  const solution = solveTridiagonal(lower, diagonal, upper, right);
  const border = new Array<number>(count).fill(0);
  border[0] = pivot;
  border[count - 1] = corner;
  const response = solveTridiagonal(lower, diagonal, upper, border);
  const share = corner / pivot;
  const factor = (solution[0]! + share * solution[count - 1]!) / (1 + response[0]! + share * response[count - 1]!);
  return solution.map((value, i) => value - factor * response[i]!);
}

/** Thomas algorithm; the systems of splines are diagonally dominant, so no pivoting is needed. */
function solveTridiagonal(lower: number[], diagonal: number[], upper: number[], right: number[]): number[] {
  const count = right.length;
  const above = new Array<number>(count).fill(0);
  const solution = new Array<number>(count).fill(0);
  for (let i = 0; i < count; i++) {
    const pivot = diagonal[i]! - (i > 0 ? lower[i]! * above[i - 1]! : 0);
    above[i] = upper[i]! / pivot;
    solution[i] = (right[i]! - (i > 0 ? lower[i]! * solution[i - 1]! : 0)) / pivot;
  }
  for (let i = count - 2; i >= 0; i--) solution[i]! -= above[i]! * solution[i + 1]!;
  return solution;
}

/** A smooth line through points, and where on it they are. */
export interface SplineLine {
  readonly line: ReferenceLine;
  /** Arc length at each point [m]; on a closed line one more, its length. */
  readonly stations: Float64Array;
}

/**
 * A line with continuous curvature through points.
 * @param xs `[count]` and @param ys `[count]` [m]; neighbours differ; at least 2, on a closed line at least 3
 */
export function splineThrough(xs: readonly number[], ys: readonly number[], closed: boolean): SplineLine {
  const count = xs.length;
  const intervals = closed ? count : count - 1;
  const chords = new Float64Array(intervals + 1);
  for (let i = 0; i < intervals; i++) {
    const next = (i + 1) % count;
    chords[i + 1] = chords[i]! + hypot(xs[next]! - xs[i]!, ys[next]! - ys[i]!);
  }
  const us = cubicSpline(chords, xs, closed);
  const vs = cubicSpline(chords, ys, closed);
  const origin = { x: 0, y: 0, heading: 0, curvature: 0 };
  const elements = us.map((u, i) => new CubicCurve(origin, u, vs[i]!, chords[i + 1]! - chords[i]!, undefined, 4));
  const stations = new Float64Array(intervals + 1);
  elements.forEach((element, i) => {
    stations[i + 1] = stations[i]! + element.length;
  });
  return { line: new ReferenceLine(elements, closed), stations };
}
