import { GRAVITY } from './limits.ts';
import type { VehicleParameters } from './parameters.ts';

/** Demanded acceleration per speed error [1/s]. */
const GAIN = 1.5;
/** How much of the tyres' grip engine and brakes may use, so that some is left for steering [1]. */
const USED_GRIP = 0.8;
/** Time in which engine and brakes follow a demand [s]. */
export const DRIVE_LAG = 0.15;

/**
 * Acceleration that engine or brakes are asked for in order to hold a speed [m/s²]: in proportion to the error, with
 * slope and wind made up for, within the controller's limits and within what the tyres can give (traction and brake
 * control on the friction circle).
 * @param target speed to hold, not negative [m/s]
 * @param speed [m/s]
 * @param lateralAcceleration [m/s²]
 * @param bodyForce force of slope and wind along the car [N]
 * @param friction factor on the tyres' friction coefficient
 */
export function driveDemand(
  vehicle: VehicleParameters,
  target: number,
  speed: number,
  lateralAcceleration: number,
  bodyForce: number,
  friction: number,
): number {
  const wanted = GAIN * (Math.max(0, target) - speed);
  const bounded = Math.min(vehicle.maxAcceleration, Math.max(-vehicle.maxDeceleration, wanted));
  const demand = bounded - bodyForce / vehicle.mass;
  const grip = friction * vehicle.tyre.pDy1 * GRAVITY;
  const used = Math.min(1, Math.abs(lateralAcceleration) / grip);
  // A tenth stays, or a car that slides sideways could never slow down.
  const most = USED_GRIP * grip * Math.max(0.1, Math.sqrt(1 - used * used)) * gripOfAxles(vehicle, demand > 0);
  return Math.min(most, Math.max(-most, demand));
}

/** Share of the total grip that can be used when the first axle reaches its own, at static loads. */
function gripOfAxles(vehicle: VehicleParameters, driving: boolean): number {
  const share = driving ? vehicle.driveFrontShare : vehicle.brakeFrontShare;
  const front = vehicle.rearAxleDistance / vehicle.wheelbase;
  return Math.min(share > 0 ? front / share : 1, share < 1 ? (1 - front) / (1 - share) : 1);
}
