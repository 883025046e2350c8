/** Change of the wanted speed with the accelerator all the way down, with the brake, and with neither [m/s²]. */
const ACCELERATE = 3;
const BRAKE = 6;
const COAST = 0.4;
/** The wanted speed runs at most this far ahead of the car, or it would go on accelerating after the foot is off [m/s]. */
const AHEAD = 1.5;

/** Turns pedals into the speed to hold that a command carries. */
export class SpeedDemand {
  #speed = 0;

  begin(speed: number): void {
    this.#speed = Math.max(0, speed);
  }

  /** @returns speed to hold [m/s], never negative */
  step(throttle: number, brake: number, speed: number, period: number): number {
    const change = brake > 0 ? -BRAKE * brake : throttle > 0 ? ACCELERATE * throttle : -COAST;
    const wanted = this.#speed + change * period;
    this.#speed = Math.max(0, Math.min(Math.max(wanted, speed - 2 * AHEAD), speed + AHEAD));
    return this.#speed;
  }
}
