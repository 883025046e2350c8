import type { Command } from '../../../sim/command.ts';
import type { Driver, EpisodeView, Observation } from '../../../sim/drivers/driver.ts';
import type { VehicleState } from '../../../sim/vehicle/state.ts';
import type { Hands } from './hands.ts';

/** Who has the wheel: the person, or the driver that was chosen. */
export type Charge = 'person' | 'driver';

/** A change of hands. */
export interface Handover {
  readonly to: Charge;
  /** World time [s]. */
  readonly time: number;
  readonly x: number;
  readonly y: number;
  /** What the driver asked for when it happened; null when there is only the person. */
  readonly driverCommand: Command | null;
}

interface SeatOptions {
  readonly hands: Hands;
  /** The expert or a model; null when the person drives alone. */
  readonly driver: Driver | null;
  /** Whether frames are wanted although nobody drives by them, e.g. for the recording. */
  readonly wantsFrames: () => boolean;
  readonly onHandover: (handover: Handover) => void;
}

/**
 * The driver's seat: a person and another driver in front of one wheel. The other driver always sees and answers, so
 * its memory and its answers stay current, but only one of the two moves the car.
 */
export class Seat implements Driver {
  readonly name: string;
  charge: Charge;
  /** What either asked for last. */
  personCommand: Command | null = null;
  driverCommand: Command | null = null;
  readonly #options: SeatOptions;
  #view: EpisodeView | null = null;
  #wanted: Charge | null = null;

  constructor(options: SeatOptions) {
    this.#options = options;
    this.name = options.driver?.name ?? 'human';
    this.charge = options.driver === null ? 'person' : 'driver';
  }

  get needsFrames(): boolean {
    return this.#options.driver?.needsFrames === true || this.#options.wantsFrames();
  }

  async start(view: EpisodeView): Promise<void> {
    this.#view = view;
    this.#options.hands.begin(view.truth());
    await this.#options.driver?.start(view);
  }

  /** Asks for the wheel, or gives it back; it happens at the next tick. */
  ask(charge: Charge): void {
    if (charge === 'driver' && this.#options.driver === null) return;
    this.#wanted = charge;
  }

  async drive(observation: Observation): Promise<Command> {
    const { hands, driver } = this.#options;
    const view = this.#view!;
    const state = view.truth();
    this.driverCommand = driver === null ? null : await driver.drive(observation);
    this.#changeHands(state, observation.time, view.controlPeriod);
    if (this.charge === 'driver') {
      this.personCommand = null;
      return this.driverCommand!;
    }
    this.personCommand = hands.command(state, view.controlPeriod);
    return this.personCommand;
  }

  relocated(): void {
    this.#options.hands.begin(this.#view!.truth());
    this.#options.driver?.relocated?.();
  }

  dispose(): void {
    this.#options.driver?.dispose?.();
  }

  #changeHands(state: VehicleState, time: number, period: number): void {
    const { hands, onHandover } = this.#options;
    const grabbed = this.charge === 'driver' && hands.watch(state, period);
    const to = this.#wanted ?? (grabbed ? 'person' : this.charge);
    this.#wanted = null;
    if (to === this.charge) return;
    this.charge = to;
    // Either way: where pointer and pedals are now is where a movement is counted from.
    hands.begin(state);
    onHandover({ to, time, x: state.x, y: state.y, driverCommand: this.driverCommand });
  }
}
