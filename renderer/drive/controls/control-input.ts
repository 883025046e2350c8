/** What a person asks of the car with hands and feet. Left is positive. */
export interface ControlInput {
  /** Wanted steering-wheel angle [rad]. */
  readonly steeringAngle: number;
  /** Accelerator, 0 to 1. */
  readonly throttle: number;
  /** Brake, 0 to 1. There is no reverse gear: braking ends in standing still. */
  readonly brake: number;
  /** Whether the person is steering or braking on purpose now, which takes over from another driver. */
  readonly active: boolean;
}

/** A way to steer by hand. */
export interface ControlDevice {
  /**
   * Reads the device, once per control period.
   * @param speed of the car [m/s]
   * @param period time since the last reading [s]
   */
  read(speed: number, period: number): ControlInput;
  /** Begins at this steering-wheel angle, as found when taking over [rad]. */
  begin(steeringAngle: number): void;
  dispose(): void;
}
