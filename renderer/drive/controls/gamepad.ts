import { readAxis } from './axis.ts';
import type { ControlDevice, ControlInput } from './control-input.ts';
import type { GamepadProfile, InputSource } from './profiles.ts';

/** A steering movement or brake of this much is meant, not noise [share of the travel]. */
const MEANT = 0.12;

/** The part of a `Gamepad` that is read. */
export interface GamepadReading {
  readonly axes: readonly number[];
  readonly buttons: readonly { readonly value: number }[];
}

/** Turns a reading into what is asked of the car. */
export function readGamepad(reading: GamepadReading, profile: GamepadProfile): Omit<ControlInput, 'active'> {
  const steering = readSource(reading, profile.steering);
  const shaped = Math.sign(steering) * Math.abs(steering) ** profile.exponent;
  return {
    // Adding zero turns a negative zero into a plain one.
    steeringAngle: shaped * profile.reach + 0,
    throttle: Math.max(0, readSource(reading, profile.throttle)),
    brake: Math.max(0, readSource(reading, profile.brake)),
  };
}

function readSource(reading: GamepadReading, source: InputSource): number {
  const raw = source.from === 'axis' ? reading.axes[source.index] : reading.buttons[source.index]?.value;
  return raw === undefined ? 0 : readAxis(raw, source.axis);
}

/** A pad or a steering wheel through the Gamepad API. Force feedback is not part of that API. */
export class GamepadControl implements ControlDevice {
  profile: GamepadProfile;
  readonly #index: number;
  #atTakeover: number | null = null;

  constructor(index: number, profile: GamepadProfile) {
    this.#index = index;
    this.profile = profile;
  }

  begin(): void {
    this.#atTakeover = null;
  }

  read(): ControlInput {
    const pad = navigator.getGamepads()[this.#index];
    if (!pad) return { steeringAngle: 0, throttle: 0, brake: 0, active: false };
    const input = readGamepad(pad, this.profile);
    // A wheel that stands turned when another driver begins does not steer until it is moved.
    const turned = input.steeringAngle / this.profile.reach;
    this.#atTakeover ??= turned;
    return { ...input, active: Math.abs(turned - this.#atTakeover) > MEANT || input.brake > MEANT };
  }

  dispose(): void {}
}
