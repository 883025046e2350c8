import { atan, cos, sin } from '../maths/deterministic.ts';
import type { TyreParameters } from './parameters.ts';

/**
 * The Magic Formula for steady combined slip at zero camber, as the CommonRoad models 2020a use it (Pacejka, Tire and
 * Vehicle Dynamics, eq. 4.E1 to 4.E67). The slip angle has the sign of the wheel's lateral velocity, the longitudinal
 * slip is positive when the wheel turns too slowly; forces are along (x) and across (y) the wheel, left positive.
 */

/** The argument of the formula's outer sine or cosine: C·atan(B·slip - E·(B·slip - atan(B·slip))). */
function shape(b: number, c: number, e: number, slip: number): number {
  const product = b * slip;
  return c * atan(product - e * (product - atan(product)));
}

/** cos(atan(x)). */
function cosOfAtan(x: number): number {
  return 1 / Math.sqrt(1 + x * x);
}

/**
 * Force along the wheel [N].
 * @param slip 1 - (wheel's circumferential speed)/(speed over ground)
 * @param slipAngle [rad]
 * @param load [N]
 * @param friction factor on the peak; the slip stiffness stays
 */
export function longitudinalForce(
  tyre: TyreParameters,
  slip: number,
  slipAngle: number,
  load: number,
  friction: number,
): number {
  const peak = tyre.pDx1 * friction * load;
  const stiffness = (load * tyre.pKx1) / (tyre.pCx1 * peak);
  // The vertical shift belongs outside of the sine; the published implementation has it inside, and agreement with it
  // is worth more than those 0.05 N.
  const pure = peak * sin(shape(stiffness, tyre.pCx1, tyre.pEx1, tyre.pHx1 - slip) + load * tyre.pVx1);
  const b = tyre.rBx1 * cosOfAtan(tyre.rBx2 * slip);
  return (
    (pure * cos(shape(b, tyre.rCx1, tyre.rEx1, slipAngle + tyre.rHx1))) / cos(shape(b, tyre.rCx1, tyre.rEx1, tyre.rHx1))
  );
}

/** Force across the wheel without longitudinal slip [N]; parameters as for `lateralForce`. */
export function pureLateralForce(tyre: TyreParameters, slipAngle: number, load: number, friction: number): number {
  const peak = tyre.pDy1 * friction * load;
  return peak * sin(shape((load * tyre.pKy1) / (tyre.pCy1 * peak), tyre.pCy1, tyre.pEy1, slipAngle));
}

/** Force across the wheel [N]; parameters as for `longitudinalForce`. */
export function lateralForce(
  tyre: TyreParameters,
  slip: number,
  slipAngle: number,
  load: number,
  friction: number,
): number {
  const pure = pureLateralForce(tyre, slipAngle, load, friction);
  const b = tyre.rBy1 * cosOfAtan(tyre.rBy2 * (slipAngle - tyre.rBy3));
  const weight = cos(shape(b, tyre.rCy1, tyre.rEy1, slip + tyre.rHy1)) / cos(shape(b, tyre.rCy1, tyre.rEy1, tyre.rHy1));
  const plysteer = tyre.pDy1 * friction * load * tyre.rVy1 * cosOfAtan(tyre.rVy4 * slipAngle);
  return pure * weight + plysteer * sin(tyre.rVy5 * atan(tyre.rVy6 * slip));
}
