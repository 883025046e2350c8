import type { Traffic } from '../traffic/traffic.ts';
import type { Car } from '../vehicle/car.ts';
import { CONTROL_PERIOD } from './spec.ts';
import { StateHash } from './state-hash.ts';

const TICKS_A_SECOND = Math.round(1 / CONTROL_PERIOD);

/** The hashes that a drive leaves behind. */
export class StateTrail {
  readonly #car: Car;
  readonly #traffic: Traffic;
  readonly #buffer: Float64Array;
  readonly #hash: StateHash;
  readonly #seconds: string[] = [];

  constructor(car: Car, traffic: Traffic) {
    this.#car = car;
    this.#traffic = traffic;
    this.#buffer = new Float64Array(car.stateLength + 2 + traffic.stateLength);
    this.#hash = new StateHash(this.#buffer.length);
  }

  /** Hash of every state so far. */
  get stateHash(): string {
    return this.#hash.digest();
  }

  /** Hash of all states up to each full simulated second. */
  get secondHashes(): readonly string[] {
    return this.#seconds;
  }

  /** Adds the state after a tick. @param ticks how many there were by then */
  add(progress: number, ticks: number): void {
    const end = this.#car.writeState(this.#buffer, 0);
    this.#buffer[end] = progress;
    this.#buffer[end + 1] = ticks;
    this.#traffic.writeState(this.#buffer, end + 2);
    this.#hash.add(this.#buffer);
    if (ticks % TICKS_A_SECOND === 0) this.#seconds.push(this.#hash.digest());
  }
}
