import type { Command } from '../../../sim/command.ts';
import type { VehicleState } from '../../../sim/vehicle/state.ts';
import type { ControlDevice, ControlInput } from '../controls/control-input.ts';
import { SpeedDemand } from '../controls/speed-demand.ts';

const STILL: ControlInput = { steeringAngle: 0, throttle: 0, brake: 0, active: false };

/** A person at the wheel: whatever devices are there, turned into commands. */
export class Hands {
  readonly #speed = new SpeedDemand();
  #device: ControlDevice | null = null;
  #began = false;
  /** The last reading. */
  input: ControlInput = STILL;

  get device(): ControlDevice | null {
    return this.#device;
  }

  /** Changes the device; the one before is disposed of. */
  set device(device: ControlDevice | null) {
    if (device === this.#device) return;
    this.#device?.dispose();
    this.#device = device;
    this.#began = false;
  }

  /** Takes the wheel as it stands. */
  begin(state: VehicleState): void {
    this.#device?.begin(state.steeringWheelAngle);
    this.#speed.begin(state.speed);
    this.#began = true;
  }

  /** Reads the device without driving, to see whether the person wants the wheel. */
  watch(state: VehicleState, period: number): boolean {
    if (this.#device === null) return false;
    this.input = this.#device.read(state.speed, period);
    // What the keys turned while another drove must not come back later.
    if (!this.input.active && this.#device) this.#speed.begin(state.speed);
    return this.input.active;
  }

  /** What the person asks of the car. The torque is what the hands put on the wheel to get there. */
  command(state: VehicleState, period: number): Command {
    if (!this.#began) this.begin(state);
    this.input = this.#device?.read(state.speed, period) ?? STILL;
    const { steeringAngle, throttle, brake } = this.input;
    return {
      steeringAngle,
      speed: this.#speed.step(throttle, brake, state.speed, period),
      torque: state.handTorque,
    };
  }
}
