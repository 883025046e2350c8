import type { Command } from '../command.ts';
import { sin, wrapAngle } from '../maths/deterministic.ts';
import type { LanePath, PathPoint } from '../planning/lane-path.ts';
import type { SpeedPlan } from '../planning/speed-plan.ts';
import type { TrackPosition } from '../track/track.ts';
import { holdingTorque, steadySteeringWheelAngle } from '../vehicle/car.ts';
import type { VehicleParameters } from '../vehicle/parameters.ts';
import type { VehicleState } from '../vehicle/state.ts';

/** All that the expert knows of a road. */
export interface ExpertKnowledge {
  readonly path: LanePath;
  readonly plan: SpeedPlan;
  readonly vehicle: VehicleParameters;
  /** Time for which a command holds [s]. */
  readonly controlPeriod: number;
}

/** Time from a steering-wheel angle until the car turns accordingly [s]: lag of yaw and side slip. */
const CAR_LAG = 0.05;
/** Time in which the arm servo follows a demanded angle [s]. */
const SERVO_LAG = 0.08;
/** Time in which the speed controller follows: one over its gain, plus the engine's lag [s]. */
const SPEED_LAG = 0.8;
/** The path error falls as a second-order system over the way driven: time [s] and least length [m] of its scale. */
const RETURN_TIME = 0.75;
const RETURN_LENGTH = 5;
const RETURN_DAMPING = 0.9;
/** Errors are believed up to here, so that a car far off comes back gently [m], [rad]. */
const LARGEST_OFFSET = 1.5;
const LARGEST_TURN = 0.4;
/** Most lateral acceleration that is steered for [m/s²]. */
const LATERAL_BOUND = 5;
/** Natural frequency of the hands' hold on the wheel [rad/s]; a command every 50 ms allows no more. */
const HAND_FREQUENCY = 10;
/** Error of the angle at which the hands make up for all of the column's friction [rad]. */
const FRICTION_ERROR = 0.04;
/** How far ahead the expert looks for bends that the wheel must be turned for in time: steps, each so long [s]. */
const TURNING_STEPS = 12;
const TURNING_STEP = 0.1;

const position: TrackPosition = { s: 0, lateral: 0 };
const here: PathPoint = { offset: 0, heading: 0, curvature: 0 };
const ahead: PathPoint = { offset: 0, heading: 0, curvature: 0 };

/**
 * What the expert does at a state, wherever it is and however it came there. Depends on nothing but its arguments.
 * @param hint arc length near which the car is [m]; without it the whole road is searched
 * @param target where to drive instead of the middle of the lane: lateral distance from it, left positive [m]
 */
export function expertCommand(
  knowledge: ExpertKnowledge,
  state: Readonly<VehicleState>,
  hint?: number,
  target = 0,
): Command {
  const { path, plan, vehicle, controlPeriod } = knowledge;
  const { track } = path;
  const { s, lateral } = track.project(state.x, state.y, hint, position);
  path.at(s, here);

  // The direction of motion, not of the car: in a bend they differ by the slip angle.
  const turn = bounded(wrapAngle(state.yaw + state.slipAngle - here.heading), LARGEST_TURN);
  const offset = bounded(lateral - here.offset - target, LARGEST_OFFSET);
  const scale = Math.max(RETURN_LENGTH, RETURN_TIME * state.speed);
  const correction = -offset / (scale * scale) - (2 * RETURN_DAMPING * sin(turn)) / scale;

  const sharpest = LATERAL_BOUND / Math.max(1, state.speed * state.speed);
  const steadyAngle = (lead: number): number => {
    const curvature = path.at(s + state.speed * lead, ahead).curvature + correction;
    return steadySteeringWheelAngle(vehicle, state.speed, bounded(curvature, sharpest));
  };
  // Most roads bend slowly enough for the wheel, and need no look ahead.
  const preview = state.speed * (TURNING_STEPS + 2) * TURNING_STEP;
  const quick = state.speed * plan.steepestChange(s, preview) > curvatureRateOf(vehicle);
  const wheelAngle = (lead: number): number =>
    quick ? turnedInTime(steadyAngle, lead, vehicle.maxSteeringWheelRate) : steadyAngle(lead);
  const held = CAR_LAG + controlPeriod / 2;
  const now = wheelAngle(held);
  const next = wheelAngle(held + controlPeriod);
  return {
    steeringAngle: wheelAngle(held + SERVO_LAG),
    speed: plan.at(s + state.speed * SPEED_LAG),
    torque: handTorque(vehicle, state, now, (next - now) / controlPeriod),
  };
}

/** How fast the steering can change the curvature that is driven [1/(m·s)]. */
export function curvatureRateOf({ maxSteeringWheelRate, steeringRatio, wheelbase }: VehicleParameters): number {
  return maxSteeringWheelRate / (steeringRatio * wheelbase);
}

/**
 * The angle at a time, begun early enough where the wheel cannot turn as fast as the road bends: half of the turn before
 * the place and half behind it, so that the offsets on both sides make up for each other. Elsewhere the angle as it is.
 * @param angleAt angle that is wanted at a time from now [s]
 * @param rate how fast the wheel turns at most [rad/s]
 */
function turnedInTime(angleAt: (time: number) => number, time: number, rate: number): number {
  let [least, most] = [-Infinity, Infinity];
  for (let step = 1; step <= TURNING_STEPS; step++) {
    const later = step * TURNING_STEP;
    const angle = angleAt(time + later);
    least = Math.max(least, angle - 2 * rate * later);
    most = Math.min(most, angle + 2 * rate * later);
  }
  // Where a bend and the next one ask for both, what lies between them is as good as either.
  return Math.min(Math.max(angleAt(time), Math.min(least, most)), Math.max(least, most));
}

/** The torque that makes the wheel follow an angle [rad] that changes at a rate [rad/s]. */
function handTorque(vehicle: VehicleParameters, state: Readonly<VehicleState>, angle: number, rate: number): number {
  const { inertia, damping, friction } = vehicle.column;
  const error = angle - state.steeringWheelAngle;
  const stiffness = inertia * HAND_FREQUENCY * HAND_FREQUENCY;
  const resistance = Math.max(damping, 2 * inertia * HAND_FREQUENCY);
  const torque =
    holdingTorque(vehicle, state.speed, angle) +
    stiffness * error +
    resistance * rate -
    (resistance - damping) * state.steeringWheelRate +
    friction * bounded(error / FRICTION_ERROR, 1);
  return bounded(torque, vehicle.maxTorque);
}

function bounded(value: number, bound: number): number {
  return Math.min(bound, Math.max(-bound, value));
}
