import { asin, atan, cos, tan } from '../maths/deterministic.ts';
import { aligningTorque } from './column.ts';
import { GRAVITY } from './limits.ts';
import type { VehicleParameters } from './parameters.ts';
import { stillAirDrag } from './surroundings.ts';

/** Share of a tyre's peak force up to which a steady bend is looked for; beyond it there is none. */
const MOST_GRIP = 0.97;

/** A bend driven at constant speed. */
interface SteadyBend {
  /** [rad] */
  roadWheelAngle: number;
  /** At the centre of gravity [rad]. */
  slipAngle: number;
  /** Of the front axle, left positive [N]. */
  frontForce: number;
  /** Of the front axle [rad]. */
  frontSlipAngle: number;
}

const bend: SteadyBend = { roadWheelAngle: 0, slipAngle: 0, frontForce: 0, frontSlipAngle: 0 };

/** The slip angle at which an axle carries `force` [N]: the Magic Formula, inverted up to its peak. */
function slipAngleFor(vehicle: VehicleParameters, force: number, load: number, friction: number): number {
  const { pDy1, pCy1, pEy1, pKy1 } = vehicle.tyre;
  const peak = pDy1 * friction * load;
  const bounded = Math.min(MOST_GRIP, Math.max(-MOST_GRIP, force / peak));
  const inner = tan(asin(bounded) / pCy1);
  // inner = x - E·(x - atan x); E is small, so the fixed point comes quickly.
  let x = inner;
  for (let i = 0; i < 4; i++) x = (inner - pEy1 * atan(x)) / (1 - pEy1);
  return (x * pCy1 * peak) / (load * pKy1);
}

/** Solves the steady bend of `curvature` [1/m] at `speed` [m/s] into `bend`. */
function solveBend(vehicle: VehicleParameters, speed: number, curvature: number, friction: number): SteadyBend {
  const { wheelbase, frontAxleDistance: front, rearAxleDistance: rear, mass } = vehicle;
  const needed = mass * speed * speed * curvature;
  // The drive that makes up for the drag moves load to the rear.
  const drive = (stillAirDrag(vehicle, speed) * vehicle.cgHeight) / wheelbase;
  const frontLoad = (mass * GRAVITY * rear) / wheelbase - drive;
  const rearLoad = (mass * GRAVITY * front) / wheelbase + drive;
  // Balance of moments gives the rear force at once; the front force is turned by the road-wheel angle, which depends on
  // it in turn.
  const rearForce = (needed * front) / wheelbase;
  const rearSlip = slipAngleFor(vehicle, rearForce, rearLoad, friction);
  bend.slipAngle = rearSlip;
  for (let i = 0; i < 4; i++) {
    bend.slipAngle = atan(tan(rearSlip) + (rear * curvature) / cos(bend.slipAngle));
  }
  const frontDirection = atan(tan(bend.slipAngle) + (front * curvature) / cos(bend.slipAngle));
  bend.roadWheelAngle = frontDirection;
  for (let i = 0; i < 4; i++) {
    bend.frontForce = (needed * rear) / (wheelbase * cos(bend.roadWheelAngle));
    bend.frontSlipAngle = slipAngleFor(vehicle, bend.frontForce, frontLoad, friction);
    bend.roadWheelAngle = frontDirection - bend.frontSlipAngle;
  }
  return bend;
}

/** The sharpest curvature that a car at `speed` [m/s] can hold [1/m]. */
function sharpestCurvature(vehicle: VehicleParameters, speed: number, friction: number): number {
  const geometric = tan(vehicle.maxSteeringWheelAngle / vehicle.steeringRatio) / vehicle.wheelbase;
  const grip = MOST_GRIP * vehicle.tyre.pDy1 * friction * GRAVITY;
  return Math.min(geometric, grip / Math.max(1e-6, speed * speed));
}

/**
 * The steering-wheel angle that keeps a car on a circle [rad], left positive: geometry plus the difference of the axles'
 * slip angles (under- or oversteer) from the inverted tyre curve, on level ground and without wind.
 * @param speed [m/s]
 * @param curvature of the path of the centre of gravity, left positive [1/m]; more than tyres or steering can give is
 *   answered with the most they can
 * @param friction factor on the tyres' friction coefficient
 */
export function steadySteeringWheelAngle(
  vehicle: VehicleParameters,
  speed: number,
  curvature: number,
  friction = 1,
): number {
  const most = sharpestCurvature(vehicle, speed, friction);
  const angle = solveBend(vehicle, speed, Math.min(most, Math.max(-most, curvature)), friction).roadWheelAngle;
  const bound = vehicle.maxSteeringWheelAngle;
  return Math.min(bound, Math.max(-bound, angle * vehicle.steeringRatio));
}

/**
 * The curvature on which a car settles that holds a steering-wheel angle [1/m]: the inverse of
 * `steadySteeringWheelAngle`. Angles beyond the tyres' grip give the sharpest curvature.
 */
export function steadyCurvature(
  vehicle: VehicleParameters,
  speed: number,
  steeringWheelAngle: number,
  friction = 1,
): number {
  const target = Math.abs(steeringWheelAngle) / vehicle.steeringRatio;
  let low = 0;
  let high = sharpestCurvature(vehicle, speed, friction);
  // Regula falsi with the Illinois rule: the angle grows almost linearly with the curvature.
  let errorLow = -target;
  let errorHigh = solveBend(vehicle, speed, high, friction).roadWheelAngle - target;
  if (errorHigh <= 0) return steeringWheelAngle < 0 ? -high : high;
  let middle = 0;
  for (let i = 0; i < 40 && high - low > 1e-12; i++) {
    middle = (low * errorHigh - high * errorLow) / (errorHigh - errorLow);
    const error = solveBend(vehicle, speed, middle, friction).roadWheelAngle - target;
    if (Math.abs(error) < 1e-13) break;
    if (error > 0) {
      high = middle;
      errorHigh = error;
      errorLow /= 2;
    } else {
      low = middle;
      errorLow = error;
      errorHigh /= 2;
    }
  }
  return steeringWheelAngle < 0 ? -middle : middle;
}

/**
 * The torque of the hands that holds a steering-wheel angle in a steady bend [N·m], left positive. The column's Coulomb
 * friction holds it within plus or minus that friction of the value.
 * @param speed [m/s]
 * @param steeringWheelAngle [rad]
 * @param friction factor on the tyres' friction coefficient
 */
export function holdingTorque(
  vehicle: VehicleParameters,
  speed: number,
  steeringWheelAngle: number,
  friction = 1,
): number {
  const curvature = steadyCurvature(vehicle, speed, steeringWheelAngle, friction);
  const { frontForce, frontSlipAngle } = solveBend(vehicle, speed, curvature, friction);
  return -aligningTorque(vehicle, frontForce, frontSlipAngle, friction, speed);
}

/** Slip angle of the car in the steady bend of `steadyCurvature` [rad]. */
export function steadySlipAngle(vehicle: VehicleParameters, speed: number, curvature: number, friction = 1): number {
  return solveBend(vehicle, speed, curvature, friction).slipAngle;
}
