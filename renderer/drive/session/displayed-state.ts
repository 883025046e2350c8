import type { TrafficCar } from '../../../sim/traffic/traffic-car.ts';
import { createVehicleState, type VehicleState } from '../../../sim/vehicle/state.ts';

/** Angles that jump from pi to -pi. */
const WRAPPED: ReadonlySet<string> = new Set(['yaw']);
/** A move that no car makes between two ticks: it is another place [m]. */
export const JUMP = 5;
const FIELDS = Object.keys(createVehicleState()) as (keyof VehicleState)[];

/** A state between two: `share` 0 is `from`, 1 is `to`. Angles take the short way round. */
export function interpolateState(from: VehicleState, to: VehicleState, share: number, out: VehicleState): VehicleState {
  for (const field of FIELDS) {
    let change = to[field] - from[field];
    if (WRAPPED.has(field)) change -= 2 * Math.PI * Math.round(change / (2 * Math.PI));
    out[field] = from[field] + change * share;
  }
  return out;
}

/** The other cars between two moments, by their ids; those that come or go jump. */
export function interpolateCars(from: readonly TrafficCar[], to: readonly TrafficCar[], share: number): TrafficCar[] {
  return from.map((car) => {
    const then = to.find(({ id }) => id === car.id);
    if (then === undefined || Math.hypot(then.x - car.x, then.y - car.y) > JUMP) return car;
    const between = (a: number, b: number) => a + (b - a) * share;
    const turn = then.yaw - car.yaw;
    return {
      ...car,
      x: between(car.x, then.x),
      y: between(car.y, then.y),
      z: between(car.z, then.z),
      yaw: car.yaw + (turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI))) * share,
    };
  });
}

interface Known {
  readonly time: number;
  readonly state: VehicleState;
  readonly others: readonly TrafficCar[];
  /** The car was put here; nothing lies between the state before and this one. */
  readonly jumped: boolean;
}

/** The last few states of the world, from which the pictures between two control ticks are drawn. */
export class DisplayedState {
  readonly #known: Known[] = [];
  readonly #out = createVehicleState();

  /** World time of the newest state [s]; minus infinity when there is none. */
  get newest(): number {
    return this.#known.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
  }

  /** Copies a state. */
  add(time: number, state: VehicleState, others: readonly TrafficCar[] = [], jumped = false): void {
    this.#known.push({ time, state: { ...state }, others, jumped });
    if (this.#known.length > 4) this.#known.shift();
  }

  clear(): void {
    this.#known.length = 0;
  }

  /** The state at a time, held before the first and after the last one known; the object is reused. */
  at(time: number): VehicleState {
    const after = this.#known.findIndex((known) => known.time > time);
    const last = this.#known.at(-1);
    if (last === undefined) return this.#out;
    if (after === -1) return Object.assign(this.#out, last.state);
    const to = this.#known[after]!;
    const from = this.#known[after - 1];
    if (from === undefined) return Object.assign(this.#out, to.state);
    if (to.jumped) return Object.assign(this.#out, from.state);
    return interpolateState(from.state, to.state, (time - from.time) / (to.time - from.time), this.#out);
  }
  /** The other cars at a time, in the same way. */
  othersAt(time: number): readonly TrafficCar[] {
    const after = this.#known.findIndex((known) => known.time > time);
    const to = this.#known[after];
    const from = this.#known[after - 1];
    if (to === undefined) return this.#known.at(-1)?.others ?? [];
    if (from === undefined) return to.others;
    return interpolateCars(from.others, to.others, (time - from.time) / (to.time - from.time));
  }
}
