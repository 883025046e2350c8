import type { LanePath, PathPoint } from './lane-path.ts';

/** How fast a driver likes to go. */
export interface SpeedStyle {
  /** Most lateral acceleration in bends [m/s²]. */
  readonly lateralAcceleration: number;
  /** Most deceleration before bends [m/s²], positive. */
  readonly braking: number;
  /** Most acceleration out of bends [m/s²]. */
  readonly acceleration: number;
  /** Factor on the speed limit. */
  readonly limitFactor: number;
}

const SPACING = 2;
/** Changes of curvature are looked at over distances up to this [m]; over longer ones no wheel is too slow. */
const FARTHEST_CHANGE = 12;
/** How far the car may leave the path where the wheel turns more slowly than the path bends [m]. */
const TURNING_ERROR = 0.2;

/**
 * The speed to drive at each place of a road: as fast as bends, the wheel's own speed into and out of them, the limit and a
 * comfortable use of engine and brakes allow. One pass over the road backwards for braking, one forwards for accelerating; what a bend takes of the grip is
 * not there for braking (friction ellipse).
 */
export class SpeedPlan {
  readonly #speeds: Float64Array;
  readonly #curvatures: Float64Array;
  readonly #spacing: number;
  readonly #closed: boolean;

  /** @param curvatureRate how fast the steering can change the curvature that is driven [1/(m·s)]; at once when absent */
  constructor(path: LanePath, style: SpeedStyle, curvatureRate = Infinity) {
    const { track } = path;
    this.#closed = track.closed;
    const spaces = Math.max(2, Math.ceil(track.length / SPACING));
    this.#spacing = track.length / spaces;
    const count = track.closed ? spaces : spaces + 1;
    const curvatures = new Float64Array(count);
    const squares = new Float64Array(count);
    const point: PathPoint = { offset: 0, heading: 0, curvature: 0 };
    for (let i = 0; i < count; i++) {
      curvatures[i] = path.at(i * this.#spacing, point).curvature;
      const limit = track.speedLimit(i * this.#spacing) * style.limitFactor;
      squares[i] = Math.min(limit * limit, style.lateralAcceleration / Math.max(1e-9, Math.abs(curvatures[i]!)));
    }
    holdBackForTurning(squares, curvatures, { spacing: this.#spacing, closed: track.closed, curvatureRate });
    // On a closed road the second lap brings what the first could not know yet.
    const steps = track.closed ? 2 * count : count - 1;
    const pass = (from: number, direction: 1 | -1, most: number): void => {
      let here = from;
      for (let i = 0; i < steps; i++) {
        const next = (here + direction + count) % count;
        const used = (squares[here]! * Math.abs(curvatures[here]!)) / style.lateralAcceleration;
        const left = most * Math.sqrt(Math.max(0.05, 1 - used * used));
        squares[next] = Math.min(squares[next]!, squares[here]! + 2 * left * this.#spacing);
        here = next;
      }
    };
    pass(count - 1, -1, style.braking);
    pass(0, 1, style.acceleration);
    this.#curvatures = curvatures;
    this.#speeds = squares.map((square) => Math.sqrt(square));
  }

  /** Speed at `s` [m/s], between the plan's points linear; wraps on closed roads and clamps on open ones. */
  at(s: number): number {
    const count = this.#speeds.length;
    const place = s / this.#spacing;
    const cell = Math.floor(place);
    const share = place - cell;
    return (1 - share) * this.#speeds[this.#index(cell, count)]! + share * this.#speeds[this.#index(cell + 1, count)]!;
  }

  /** How much the curvature changes at most from one point of the plan to the next, within a distance ahead [1/m²]. */
  steepestChange(s: number, distance: number): number {
    const count = this.#curvatures.length;
    const first = Math.floor(s / this.#spacing);
    const last = Math.floor((s + distance) / this.#spacing);
    let most = 0;
    for (let cell = first; cell <= last; cell++) {
      const change = this.#curvatures[this.#index(cell + 1, count)]! - this.#curvatures[this.#index(cell, count)]!;
      most = Math.max(most, Math.abs(change));
    }
    return most / this.#spacing;
  }

  #index(cell: number, count: number): number {
    if (!this.#closed) return Math.min(count - 1, Math.max(0, cell));
    return cell - count * Math.floor(cell / count);
  }
}

/**
 * Holds the speed back where the curvature changes faster than the steering follows. A change by dk within a distance w
 * that takes the car the distance d = v·dk/rate, each centred on the same place, leaves an offset of dk·(d² - w²)/24.
 */
function holdBackForTurning(
  squares: Float64Array,
  curvatures: Float64Array,
  { spacing, closed, curvatureRate }: { spacing: number; closed: boolean; curvatureRate: number },
): void {
  const count = squares.length;
  for (let i = 0; i < count; i++) {
    for (let far = 1; far * spacing <= FARTHEST_CHANGE; far++) {
      if (!closed && i + far >= count) break;
      const change = Math.abs(curvatures[(i + far) % count]! - curvatures[i]!);
      if (change === 0) continue;
      const width = far * spacing;
      const longest = width * width + (24 * TURNING_ERROR) / change;
      const square = longest * (curvatureRate / change) * (curvatureRate / change);
      for (let k = 0; k <= far; k++) {
        const at = (i + k) % count;
        squares[at] = Math.min(squares[at]!, square);
      }
    }
  }
}
