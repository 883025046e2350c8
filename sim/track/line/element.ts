import { cos, sin } from '../../maths/deterministic.ts';

/** A point of a line in the plane. */
export interface PlanPoint {
  /** Position [m]. */
  x: number;
  y: number;
  /** Direction of the tangent, counter-clockwise from the x axis [rad]; not wrapped. */
  heading: number;
  /** Curvature, left bends positive [1/m]. */
  curvature: number;
}

/** A piece of a line in the plane, measured by arc length. */
export interface PlanElement {
  /** Arc length [m], positive. */
  readonly length: number;
  /** Fills `out` with the point at arc length `d` from the element's start; `d` in [0, length]. */
  evaluate(d: number, out: PlanPoint): void;
}

/** Nodes and weights of the Gauss-Legendre rule of five points on [0, 1] (Abramowitz and Stegun, table 25.4). */
export const GAUSS_NODES = [0.046910077030668, 0.23076534494715845, 0.5, 0.7692346550528415, 0.953089922969332];
export const GAUSS_WEIGHTS = [
  0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454,
];

/**
 * Turning within which five Gauss points integrate a tangent to better than 1e-13 of the length: the rule's error falls
 * with the tenth power of the turning.
 */
const LARGEST_TURN = 0.3;

/** A clothoid: curvature grows linearly with arc length. Lines and arcs are clothoids that do not grow. */
class Clothoid implements PlanElement {
  readonly length: number;
  readonly #x: number;
  readonly #y: number;
  readonly #heading: number;
  readonly #curvature: number;
  readonly #growth: number;

  constructor(start: PlanPoint, growth: number, length: number) {
    this.#x = start.x;
    this.#y = start.y;
    this.#heading = start.heading;
    this.#curvature = start.curvature;
    this.#growth = growth;
    this.length = length;
  }

  evaluate(d: number, out: PlanPoint): void {
    let x = 0;
    let y = 0;
    for (let i = 0; i < 5; i++) {
      const u = GAUSS_NODES[i]! * d;
      const angle = this.#heading + u * (this.#curvature + 0.5 * this.#growth * u);
      x += GAUSS_WEIGHTS[i]! * cos(angle);
      y += GAUSS_WEIGHTS[i]! * sin(angle);
    }
    out.x = this.#x + x * d;
    out.y = this.#y + y * d;
    out.heading = this.#heading + d * (this.#curvature + 0.5 * this.#growth * d);
    out.curvature = this.#curvature + this.#growth * d;
  }
}

/** A straight, which needs no quadrature. */
class Straight implements PlanElement {
  readonly length: number;
  readonly #x: number;
  readonly #y: number;
  readonly #heading: number;
  readonly #cos: number;
  readonly #sin: number;

  constructor(start: PlanPoint, length: number) {
    this.#x = start.x;
    this.#y = start.y;
    this.#heading = start.heading;
    this.#cos = cos(start.heading);
    this.#sin = sin(start.heading);
    this.length = length;
  }

  evaluate(d: number, out: PlanPoint): void {
    out.x = this.#x + this.#cos * d;
    out.y = this.#y + this.#sin * d;
    out.heading = this.#heading;
    out.curvature = 0;
  }
}

/**
 * A line, arc or clothoid as elements that are each short enough to be evaluated exactly.
 * @param start pose and curvature at the start
 * @param endCurvature curvature at the end, reached linearly [1/m]
 * @param length arc length [m], positive
 */
export function clothoid(start: PlanPoint, endCurvature: number, length: number): PlanElement[] {
  if (start.curvature === 0 && endCurvature === 0) return [new Straight(start, length)];
  const growth = (endCurvature - start.curvature) / length;
  const turning = Math.max(Math.abs(start.curvature), Math.abs(endCurvature)) * length;
  const pieces = Math.max(1, Math.ceil(turning / LARGEST_TURN));
  const piece = length / pieces;
  const elements: PlanElement[] = [];
  let from = { ...start };
  for (let i = 0; i < pieces; i++) {
    const element = new Clothoid(from, growth, piece);
    elements.push(element);
    const to = { x: 0, y: 0, heading: 0, curvature: 0 };
    element.evaluate(piece, to);
    from = to;
  }
  return elements;
}

/** End point of a chain of elements. */
export function endOf(elements: readonly PlanElement[]): PlanPoint {
  const out = { x: 0, y: 0, heading: 0, curvature: 0 };
  const last = elements[elements.length - 1]!;
  last.evaluate(last.length, out);
  return out;
}
