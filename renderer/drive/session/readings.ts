import { batch, signal } from '@preact/signals';
import type { Frame } from '../../../sim/frame.ts';
import { createVehicleState, type VehicleState } from '../../../sim/vehicle/state.ts';
import { type Commands, NO_COMMANDS } from './moment.ts';

/** Everything that the instruments show. */
interface Values {
  /** The car as it is drawn now; a new object for every picture. */
  readonly car: VehicleState;
  /** World time of the picture [s]. */
  readonly time: number;
  readonly commands: Commands;
  /** From the middle of the lane, left positive [m]. */
  readonly lateralError: number;
  /** Distance along the road since the start [m]. */
  readonly progress: number;
  /** The newest frame of the car's own camera. */
  readonly frame: Frame | null;
}

const BLANK: Values = {
  car: createVehicleState(),
  time: 0,
  commands: NO_COMMANDS,
  lateralError: 0,
  progress: 0,
  frame: null,
};

/**
 * What the instruments show, put on the page no more often than it is worth: where the processor draws everything,
 * changing a number on the page costs as much as a picture of the road.
 */
export class Readings {
  readonly car = signal(BLANK.car);
  readonly time = signal(BLANK.time);
  readonly commands = signal(BLANK.commands);
  readonly lateralError = signal(BLANK.lateralError);
  readonly progress = signal(BLANK.progress);
  readonly frame = signal(BLANK.frame);
  /** Least time between two changes on the page [ms]. */
  period = 0;
  #waiting: Partial<Values> = {};
  #shown = Number.NEGATIVE_INFINITY;

  /** Keeps values for the next time that something is shown; later ones replace earlier ones. */
  put(values: Partial<Values>): void {
    Object.assign(this.#waiting, values);
  }

  /** Shows what waits, if it is time. @param now [ms] */
  show(now: number): void {
    if (now - this.#shown < this.period) return;
    this.#shown = now;
    const { car, time, commands, lateralError, progress, frame } = this.#waiting;
    this.#waiting = {};
    batch(() => {
      if (car !== undefined) this.car.value = car;
      if (time !== undefined) this.time.value = time;
      if (commands !== undefined) this.commands.value = commands;
      if (lateralError !== undefined) this.lateralError.value = lateralError;
      if (progress !== undefined) this.progress.value = progress;
      if (frame !== undefined) this.frame.value = frame;
    });
  }

  /** Begins anew, on the page at once. */
  clear(): void {
    this.#waiting = { ...BLANK };
    this.#shown = Number.NEGATIVE_INFINITY;
    this.show(0);
    this.#shown = Number.NEGATIVE_INFINITY;
  }
}
