import { cos, sin } from '../../maths/deterministic.ts';
import type { TrackPosition } from '../track.ts';
import type { PlanElement, PlanPoint } from './element.ts';
import { NodeGrid } from './node-grid.ts';

/** Spacing of the nodes from which a projection starts [m]. */
const NODE_SPACING = 1;
/** Distance along the line that a projection with a hint may walk from the hint [m]. */
const WALK_LIMIT = 60;
const NEWTON_STEPS = 8;

/** A line in the plane made of elements that follow each other, measured by arc length. */
export class ReferenceLine {
  readonly closed: boolean;
  /** Arc length [m]. */
  readonly length: number;
  readonly #elements: readonly PlanElement[];
  readonly #starts: Float64Array;
  readonly #nodeSpacing: number;
  readonly #nodeX: Float64Array;
  readonly #nodeY: Float64Array;
  readonly #grid: NodeGrid;
  readonly #scratch: PlanPoint = { x: 0, y: 0, heading: 0, curvature: 0 };

  /**
   * @param elements each begins where the one before ends; at least one
   * @param closed the last one ends where the first begins
   */
  constructor(elements: readonly PlanElement[], closed: boolean) {
    this.closed = closed;
    this.#elements = elements;
    this.#starts = new Float64Array(elements.length);
    let length = 0;
    for (let i = 0; i < elements.length; i++) {
      this.#starts[i] = length;
      length += elements[i]!.length;
    }
    this.length = length;
    const spaces = Math.max(2, Math.ceil(length / NODE_SPACING));
    const nodes = closed ? spaces : spaces + 1;
    this.#nodeSpacing = length / spaces;
    this.#nodeX = new Float64Array(nodes);
    this.#nodeY = new Float64Array(nodes);
    for (let i = 0; i < nodes; i++) {
      const { x, y } = this.pointAt(i * this.#nodeSpacing, this.#scratch);
      this.#nodeX[i] = x;
      this.#nodeY[i] = y;
    }
    this.#grid = new NodeGrid(this.#nodeX, this.#nodeY);
  }

  /** `s` brought into [0, length) on a closed line, [0, length] on an open one. */
  wrap(s: number): number {
    if (!this.closed) return Math.min(this.length, Math.max(0, s));
    if (s >= 0 && s < this.length) return s;
    const wrapped = s - this.length * Math.floor(s / this.length);
    return wrapped < this.length ? wrapped : 0;
  }

  /** Fills and returns `out`; `s` wraps or clamps. */
  pointAt(s: number, out: PlanPoint): PlanPoint {
    const at = this.wrap(s);
    let low = 0;
    let high = this.#elements.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    const element = this.#elements[low]!;
    element.evaluate(Math.min(element.length, at - this.#starts[low]!), out);
    return out;
  }

  /**
   * The nearest point of the line.
   * @param hint arc length near which to look [m]; without it everywhere
   */
  project(x: number, y: number, hint: number | undefined, out: TrackPosition): TrackPosition {
    const node = hint === undefined ? this.#grid.nearest(x, y) : this.#walk(x, y, this.wrap(hint));
    let s = node * this.#nodeSpacing;
    const point = this.#scratch;
    let lateral = 0;
    for (let i = 0; i < NEWTON_STEPS; i++) {
      this.pointAt(s, point);
      const dx = x - point.x;
      const dy = y - point.y;
      const along = dx * cos(point.heading) + dy * sin(point.heading);
      lateral = dy * cos(point.heading) - dx * sin(point.heading);
      // Newton on the derivative of the squared distance, whose slope is 1 - curvature·lateral; near the centre of
      // curvature that slope vanishes, and a step of the tangent's length at most keeps the iteration in place.
      const slope = Math.max(0.25, 1 - point.curvature * lateral);
      const step = Math.min(this.#nodeSpacing, Math.max(-this.#nodeSpacing, along / slope));
      const next = this.closed ? s + step : this.wrap(s + step);
      if (Math.abs(next - s) < 1e-10) break;
      s = next;
    }
    out.s = this.wrap(s);
    out.lateral = lateral;
    return out;
  }

  /** The node reached from `s` by walking along the line as long as (x, y) comes nearer. */
  #walk(x: number, y: number, s: number): number {
    const count = this.#nodeX.length;
    let node = Math.round(s / this.#nodeSpacing);
    if (node >= count) node = this.closed ? 0 : count - 1;
    let square = this.#square(node, x, y);
    const limit = Math.ceil(WALK_LIMIT / this.#nodeSpacing);
    for (const direction of [1, -1]) {
      for (let i = 0; i < limit; i++) {
        let next = node + direction;
        if (this.closed) next = next < 0 ? count - 1 : next >= count ? 0 : next;
        else if (next < 0 || next >= count) break;
        const nextSquare = this.#square(next, x, y);
        if (nextSquare >= square) break;
        node = next;
        square = nextSquare;
      }
    }
    return node;
  }

  #square(node: number, x: number, y: number): number {
    const dx = this.#nodeX[node]! - x;
    const dy = this.#nodeY[node]! - y;
    return dx * dx + dy * dy;
  }
}
