import type { Command } from '../../../sim/command.ts';
import type { Driver } from '../../../sim/drivers/driver.ts';
import type { FrameSource } from '../../../sim/episode/episode.ts';
import { CONTROL_PERIOD } from '../../../sim/episode/spec.ts';
import type { Frame } from '../../../sim/frame.ts';
import type { TrafficCar } from '../../../sim/traffic/traffic-car.ts';
import type { VehicleState } from '../../../sim/vehicle/state.ts';

/** From one look to the next: this many control periods later, the world has jumped for a driver with a memory. */
const LONGEST_STEP = 4;

/** What the car's camera sees at a moment that is looked back at, and what a driver would do there. */
export class PastEye {
  readonly #source: FrameSource;
  readonly #driver: () => Driver | null;
  readonly #onSeen: (frame: Frame, predicted: Command | null) => void;
  #busy = false;
  #last = Number.NaN;

  /**
   * @param driver says who is asked at each look, without driving; null when nobody is
   * @param onSeen gets the frame and the command
   */
  constructor(
    source: FrameSource,
    driver: () => Driver | null,
    onSeen: (frame: Frame, predicted: Command | null) => void,
  ) {
    this.#source = source;
    this.#driver = driver;
    this.#onSeen = onSeen;
  }

  /** Looks, unless it still does, or has just looked at this moment. @param time world time [s] */
  async look(state: VehicleState, time: number, others: readonly TrafficCar[]): Promise<void> {
    const since = time - this.#last;
    if (this.#busy || (since >= 0 && since < CONTROL_PERIOD - 1e-6)) return;
    this.#busy = true;
    this.#last = time;
    const { speed } = state;
    try {
      const frame = await this.#source.capture({ ...state }, time, others);
      const driver = this.#driver();
      if (!(since >= 0 && since < LONGEST_STEP * CONTROL_PERIOD)) driver?.relocated?.();
      const predicted = await driver?.drive({ frames: { centre: frame }, speed, time });
      this.#onSeen(frame, predicted ?? null);
    } finally {
      this.#busy = false;
    }
  }
}
