/**
 * What a driver asks of the car at a tick. Left is positive (ISO 8855: x forward, y left, z up; yaw counter-clockwise).
 */
export interface Command {
  /** Steering-wheel angle [rad], left positive. */
  readonly steeringAngle: number;
  /** Speed to hold [m/s], not negative. */
  readonly speed: number;
  /** Torque of the driver's hands on the steering wheel [N·m], left positive. */
  readonly torque: number;
}

/** Which part of the command moves the steering: the angle through a position servo, or the torque itself. */
export type Actuation = 'angle' | 'torque';
