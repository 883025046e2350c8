import type { Command } from '../../../sim/command.ts';
import type { TrafficCar } from '../../../sim/traffic/traffic-car.ts';
import type { VehicleState } from '../../../sim/vehicle/state.ts';

/** What everybody at the wheel asked for at a tick; null where nobody of the kind is there. */
export interface Commands {
  readonly person: Command | null;
  readonly driver: Command | null;
  readonly expert: Command | null;
}

export const NO_COMMANDS: Commands = { person: null, driver: null, expert: null };

/** Where the car was at a time, and what was asked of it. */
export interface DrivenMoment {
  /** World time [s]. */
  readonly time: number;
  readonly state: VehicleState;
  readonly commands: Commands;
}

/** A moment of a drive on its road, among the others there. */
export interface Moment extends DrivenMoment {
  /** Distance from the middle of the lane, left positive [m]. */
  readonly lateralError: number;
  /** Distance along the road since the start [m]. */
  readonly progress: number;
  readonly others: readonly TrafficCar[];
}
