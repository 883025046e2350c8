import { atan2, cos, sin } from '../maths/deterministic.ts';
import { GRAVITY } from './limits.ts';
import type { VehicleParameters } from './parameters.ts';
import type { DriftInput } from './single-track-drift.ts';

/** Of dry air at 15 °C and sea level (ISA) [kg/m³]. */
const AIR_DENSITY = 1.225;

/** What else pushes the body, in the car's axes. */
export interface BodyPush {
  /** Sideways on the centre of gravity, left positive [N]. */
  readonly force: number;
  /** About the vertical axis, counter-clockwise positive [N·m]. */
  readonly moment: number;
}

/** What surrounds the car at a step. */
export interface Surroundings {
  /** Factor on the tyres' friction coefficient, positive; 1 is dry asphalt. */
  readonly friction: number;
  /** Slope of the road ahead of the car, positive uphill [1]. */
  readonly grade?: number;
  /** Slope angle across the car, positive when the left side is higher [rad]. */
  readonly bank?: number;
  /** Velocity of the air over the ground, in world axes [m/s]. */
  readonly wind?: { readonly x: number; readonly y: number };
  readonly push?: BodyPush;
}

/** Drag at `speed` [m/s] without wind [N]. */
export function stillAirDrag(vehicle: VehicleParameters, speed: number): number {
  return 0.5 * AIR_DENSITY * vehicle.aerodynamics.dragArea * speed * speed;
}

/**
 * Writes what air and gravity do to the body into `input`: drag against the relative wind, a side force and its moment
 * in proportion to the angle of the flow, the weight's components along and across a slope, and what else pushes.
 * @param speed of the centre of gravity [m/s]
 * @param slipAngle [rad]
 * @param yaw [rad]
 */
export function writeBodyForces(
  vehicle: VehicleParameters,
  surroundings: Surroundings,
  speed: number,
  slipAngle: number,
  yaw: number,
  input: DriftInput,
): void {
  const { wind, push, grade = 0, bank = 0 } = surroundings;
  const { dragArea, sideArea, pressureCentre } = vehicle.aerodynamics;
  let along = speed * cos(slipAngle);
  let across = speed * sin(slipAngle);
  if (wind !== undefined) {
    const sinYaw = sin(yaw);
    const cosYaw = cos(yaw);
    along -= wind.x * cosYaw + wind.y * sinYaw;
    across -= wind.y * cosYaw - wind.x * sinYaw;
  }
  const flow = Math.sqrt(along * along + across * across);
  const pressure = 0.5 * AIR_DENSITY * flow;
  // The side force grows with the flow's angle up to a right angle; behind that it acts as from ahead.
  const side = -pressure * flow * sideArea * (across === 0 ? 0 : atan2(across, Math.abs(along)));
  const weight = vehicle.mass * GRAVITY;
  input.forceX = -pressure * dragArea * along - (weight * grade) / Math.sqrt(1 + grade * grade);
  input.forceY = side - pressure * dragArea * across - weight * sin(bank);
  input.moment = side * pressureCentre;
  if (push === undefined) return;
  input.forceY += push.force;
  input.moment += push.moment;
}
