/** How keys turn the steering wheel. */
export interface KeyboardSettings {
  /** Factor on all rates, 0.3 to 3. */
  readonly sensitivity: number;
}

/** Steering-wheel rate at walking pace with sensitivity 1 [rad/s]: about three quarters of what arms can do. */
const RATE_AT_REST = 4.5;
/** Speed at which rate and reach have halved [m/s]. */
const HALVING_SPEED = 9;
/** Greatest angle by key at walking pace [rad]. */
const REACH_AT_REST = 6;
/** The wheel runs back this many times as fast as it is turned. */
const RETURN_FACTOR = 1.5;
/** How quickly the rate itself builds up, so that a tap is a small correction [s]. */
const RISE_TIME = 0.18;

/**
 * Turns key presses into a smooth steering-wheel angle: rate-limited and the slower the faster the car is, so that the
 * recorded curve looks like a hand's and not like a switch's.
 */
export class KeyboardSteering {
  settings: KeyboardSettings = { sensitivity: 1 };
  #angle = 0;
  #rate = 0;

  /** Steering-wheel angle now, left positive [rad]. */
  get angle(): number {
    return this.#angle;
  }

  /** Begins at this angle [rad]. */
  begin(angle: number): void {
    this.#angle = angle;
    this.#rate = 0;
  }

  /**
   * @param direction 1 left, -1 right, 0 no key
   * @param speed of the car [m/s]
   * @param period time since the last step [s]
   * @returns the new steering-wheel angle [rad]
   */
  step(direction: -1 | 0 | 1, speed: number, period: number): number {
    const calm = 1 / (1 + Math.abs(speed) / HALVING_SPEED);
    const rate = RATE_AT_REST * calm * this.settings.sensitivity;
    if (direction === 0) {
      this.#rate = 0;
      const back = RETURN_FACTOR * rate * period;
      this.#angle = Math.abs(this.#angle) <= back ? 0 : this.#angle - Math.sign(this.#angle) * back;
      return this.#angle;
    }
    const returning = this.#angle * direction < 0;
    const wanted = direction * rate * (returning ? RETURN_FACTOR : 1);
    const step = (rate * RETURN_FACTOR * period) / RISE_TIME;
    if (this.#rate * direction < 0) this.#rate = 0;
    this.#rate += Math.max(-step, Math.min(step, wanted - this.#rate));
    const reach = REACH_AT_REST * calm;
    const next = this.#angle + this.#rate * period;
    // Above the reach (the car has sped up meanwhile) the wheel is led back, never jerked.
    const limit = Math.max(reach, Math.abs(this.#angle) - rate * period);
    this.#angle = Math.max(-limit, Math.min(limit, next));
    return this.#angle;
  }
}
