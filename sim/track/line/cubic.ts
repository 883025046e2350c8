import { atan2, cos, sin } from '../../maths/deterministic.ts';
import { GAUSS_NODES, GAUSS_WEIGHTS, type PlanElement, type PlanPoint } from './element.ts';

/** Coefficients of a + b·p + c·p² + d·p³. */
export type Cubic = readonly [a: number, b: number, c: number, d: number];

/** Pieces between which the arc length is known beforehand. */
const MOST_PIECES = 16;
const NEWTON_STEPS = 6;

/** A curve whose local coordinates u and v are cubic polynomials of a parameter, addressed by arc length. */
export class CubicCurve implements PlanElement {
  readonly length: number;
  readonly #origin: PlanPoint;
  readonly #u: Cubic;
  readonly #v: Cubic;
  readonly #last: number;
  readonly #pieces: number;
  readonly #arcs: Float64Array;
  readonly #scale: number;

  /**
   * @param origin local frame: u points along its heading, v to the left of it
   * @param last the parameter runs from 0 to this
   * @param length arc length that is claimed [m]; the way along the curve is stretched to it. Without it, its own
   * @param pieces pieces to begin the search for a place in; few for short and gentle curves
   */
  constructor(origin: PlanPoint, u: Cubic, v: Cubic, last: number, length?: number, pieces = MOST_PIECES) {
    this.#pieces = pieces;
    this.#arcs = new Float64Array(pieces + 1);
    this.#origin = origin;
    this.#u = u;
    this.#v = v;
    this.#last = last;
    const step = last / pieces;
    for (let i = 0; i < pieces; i++) this.#arcs[i + 1] = this.#arcs[i]! + this.#arc(i * step, (i + 1) * step);
    this.length = length ?? this.#arcs[pieces]!;
    this.#scale = this.#arcs[pieces]! / this.length;
  }

  /** Arc length as the curve has it, whatever was claimed [m]. */
  get ownLength(): number {
    return this.#arcs[this.#pieces]!;
  }

  evaluate(d: number, out: PlanPoint): void {
    const p = this.#parameterAt(d * this.#scale);
    const [u, du, ddu] = [value(this.#u, p), slope(this.#u, p), bend(this.#u, p)];
    const [v, dv, ddv] = [value(this.#v, p), slope(this.#v, p), bend(this.#v, p)];
    const { x, y, heading } = this.#origin;
    const c = cos(heading);
    const s = sin(heading);
    const pace = Math.sqrt(du * du + dv * dv);
    out.x = x + u * c - v * s;
    out.y = y + u * s + v * c;
    out.heading = heading + atan2(dv, du);
    out.curvature = (du * ddv - dv * ddu) / (pace * pace * pace);
  }

  #parameterAt(arc: number): number {
    const step = this.#last / this.#pieces;
    let piece = 0;
    while (piece < this.#pieces - 1 && this.#arcs[piece + 1]! < arc) piece++;
    const start = piece * step;
    const width = this.#arcs[piece + 1]! - this.#arcs[piece]!;
    const wanted = arc - this.#arcs[piece]!;
    let p = start + (width > 0 ? (step * wanted) / width : 0);
    for (let i = 0; i < NEWTON_STEPS; i++) {
      const error = this.#arc(start, p) - wanted;
      const pace = this.#pace(p);
      if (pace < 1e-12) break;
      p -= error / pace;
      if (Math.abs(error) < 1e-12) break;
    }
    return p;
  }

  /** Arc length from one parameter to another [m]. */
  #arc(from: number, to: number): number {
    let sum = 0;
    for (let i = 0; i < 5; i++) sum += GAUSS_WEIGHTS[i]! * this.#pace(from + GAUSS_NODES[i]! * (to - from));
    return sum * (to - from);
  }

  #pace(p: number): number {
    const du = slope(this.#u, p);
    const dv = slope(this.#v, p);
    return Math.sqrt(du * du + dv * dv);
  }
}

function value([a, b, c, d]: Cubic, p: number): number {
  return a + p * (b + p * (c + p * d));
}

function slope([, b, c, d]: Cubic, p: number): number {
  return b + p * (2 * c + 3 * p * d);
}

function bend([, , c, d]: Cubic, p: number): number {
  return 2 * c + 6 * p * d;
}
