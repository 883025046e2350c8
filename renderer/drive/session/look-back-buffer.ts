import type { TrafficCar } from '../../../sim/traffic/traffic-car.ts';
import { createVehicleState, type VehicleState } from '../../../sim/vehicle/state.ts';
import { interpolateCars, interpolateState, JUMP } from './displayed-state.ts';
import type { Moment } from './moment.ts';

/** Everything that was driven since the start, to look back at: whole states of all cars, for pictures at any time between two ticks. */
export class LookBackBuffer {
  readonly #moments: Moment[] = [];
  readonly #out = createVehicleState();

  /** World time of the newest moment [s]; 0 when there is none. */
  get end(): number {
    return this.#moments.at(-1)?.time ?? 0;
  }

  /** Copies the state. Times must grow. */
  add(moment: Moment): void {
    this.#moments.push({ ...moment, state: { ...moment.state } });
  }

  clear(): void {
    this.#moments.length = 0;
  }

  /** The state at a time between the first and the last moment; the object is reused. */
  stateAt(time: number): VehicleState {
    const at = this.#indexAt(time);
    const from = this.#moments[at];
    const to = this.#moments[at + 1];
    if (from === undefined) return this.#out;
    if (to === undefined || Math.hypot(to.state.x - from.state.x, to.state.y - from.state.y) > JUMP) {
      return Object.assign(this.#out, from.state);
    }
    const share = Math.max(0, Math.min(1, (time - from.time) / (to.time - from.time)));
    return interpolateState(from.state, to.state, share, this.#out);
  }

  /** The last moment that is not after `time`; undefined when there is none. */
  momentAt(time: number): Moment | undefined {
    return this.#moments[this.#indexAt(time)];
  }

  othersAt(time: number): readonly TrafficCar[] {
    const at = this.#indexAt(time);
    const from = this.#moments[at];
    const to = this.#moments[at + 1];
    if (from === undefined || to === undefined) return from?.others ?? [];
    return interpolateCars(
      from.others,
      to.others,
      Math.max(0, Math.min(1, (time - from.time) / (to.time - from.time))),
    );
  }

  /** Index of the last moment that is not after `time`. */
  #indexAt(time: number): number {
    let low = 0;
    let high = this.#moments.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#moments[middle]!.time <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
