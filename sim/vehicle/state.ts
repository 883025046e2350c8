/**
 * What the world knows about the car now, written anew after every physics step. Left is positive (ISO 8855: x forward,
 * y left, z up). The fields are mutable and the object is reused: copy what you keep.
 */
export interface VehicleState {
  /** Position of the centre of gravity in the world [m]. */
  x: number;
  y: number;
  /** Counter-clockwise from the world's x axis, in [-pi, pi) [rad]. */
  yaw: number;
  /** Velocity of the centre of gravity along the car [m/s]. */
  speed: number;
  /** Velocity of the centre of gravity across the car [m/s]. */
  lateralSpeed: number;
  /** [rad/s] */
  yawRate: number;
  /** Direction of motion relative to the car at the centre of gravity [rad]. */
  slipAngle: number;
  /** [rad] */
  steeringWheelAngle: number;
  /** [rad/s] */
  steeringWheelRate: number;
  /** Angle of the front wheels relative to the car [rad]. */
  roadWheelAngle: number;
  /** Torque of the hands (or of the arm servo) on the steering wheel now [N·m]. */
  handTorque: number;
  /** Self-aligning torque of the front tyres as felt at the steering wheel, after power assist [N·m]. */
  aligningTorque: number;
  /** Acceleration of the centre of gravity over the ground, along the car [m/s²]. */
  acceleration: number;
  /** Across the car [m/s²]. */
  lateralAcceleration: number;
}

/** A car that stands at the origin and looks along x. */
export function createVehicleState(): VehicleState {
  return {
    x: 0,
    y: 0,
    yaw: 0,
    speed: 0,
    lateralSpeed: 0,
    yawRate: 0,
    slipAngle: 0,
    steeringWheelAngle: 0,
    steeringWheelRate: 0,
    roadWheelAngle: 0,
    handTorque: 0,
    aligningTorque: 0,
    acceleration: 0,
    lateralAcceleration: 0,
  };
}
