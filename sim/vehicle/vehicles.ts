import type { AerodynamicParameters, ColumnParameters, TyreParameters, VehicleParameters } from './parameters.ts';

/**
 * The three CommonRoad vehicles (Althoff, Koschi, Manzinger: CommonRoad: Composable benchmarks, IV 2017; vehicle models
 * 2020a, parameter sets 1 to 3). Masses and inertias there come from data in pounds and feet, hence the many digits.
 * Steering ratio, column, aerodynamics and the speed controller's limits are ours: usual values of such cars.
 */

/** Tyre of all three: the 205/60 R15 of Pacejka's book, as CommonRoad gives it, at zero camber. */
const TYRE: TyreParameters = {
  pCx1: 1.6411,
  pDx1: 1.1739,
  pEx1: 0.46403,
  pKx1: 22.303,
  pHx1: 0.0012297,
  pVx1: -8.8098e-6,
  rBx1: 13.276,
  rBx2: -13.778,
  rCx1: 1.2568,
  rEx1: 0.65225,
  rHx1: 0.0050722,
  pCy1: 1.3507,
  pDy1: 1.0489,
  pEy1: -0.0074722,
  pKy1: -21.92,
  rBy1: 7.1433,
  rBy2: 9.1916,
  rBy3: -0.027856,
  rCy1: 1.0719,
  rEy1: -0.27572,
  rHy1: 5.7448e-6,
  rVy1: -0.027825,
  rVy4: 12.12,
  rVy5: 1.9,
  rVy6: -10.704,
};

const COLUMN: ColumnParameters = {
  inertia: 0.05,
  damping: 1.5,
  friction: 0.08,
  assistAtStandstill: 0.7,
  assistAtSpeed: 0.45,
  assistSpeed: 14,
  mechanicalTrail: 0.02,
  pneumaticTrail: 0.04,
  servoFrequency: 25,
  servoDampingRatio: 1,
};

const AERODYNAMICS: AerodynamicParameters = { dragArea: 0.65, sideArea: 5, pressureCentre: 0.4 };

/** What the three have in common. */
const COMMON = {
  wheelRadius: 0.344,
  wheelInertia: 1.7,
  maxSteeringWheelRate: 6,
  maxTorque: 12,
  maxAcceleration: 3,
  maxDeceleration: 6,
  tyre: TYRE,
} as const;

/** CommonRoad vehicle 1. */
export const FORD_ESCORT: VehicleParameters = {
  ...COMMON,
  name: 'ford-escort',
  length: 4.298,
  width: 1.674,
  wheelbase: 0.88392 + 1.50876,
  frontAxleDistance: 0.88392,
  rearAxleDistance: 1.50876,
  cgHeight: 0.59436,
  mass: 1225.8878467253344,
  yawInertia: 1538.8533713561394,
  brakeFrontShare: 0.76,
  driveFrontShare: 1,
  steeringRatio: 17,
  maxSteeringWheelAngle: 9,
  limits: {
    roadWheelAngle: 0.91,
    roadWheelRate: 0.4,
    minSpeed: -13.9,
    maxSpeed: 45.8,
    switchSpeed: 4.755,
    acceleration: 11.5,
  },
  column: COLUMN,
  aerodynamics: AERODYNAMICS,
};

/** CommonRoad vehicle 2. */
export const BMW_320I: VehicleParameters = {
  ...COMMON,
  name: 'bmw-320i',
  length: 4.508,
  width: 1.61,
  wheelbase: 1.1561957064 + 1.4227170936,
  frontAxleDistance: 1.1561957064,
  rearAxleDistance: 1.4227170936,
  cgHeight: 0.61373004,
  mass: 1093.2952334674046,
  yawInertia: 1791.5995300122856,
  brakeFrontShare: 0.66,
  driveFrontShare: 0,
  steeringRatio: 15.5,
  maxSteeringWheelAngle: 8.5,
  limits: {
    roadWheelAngle: 1.066,
    roadWheelRate: 0.4,
    minSpeed: -13.6,
    maxSpeed: 50.8,
    switchSpeed: 7.319,
    acceleration: 11.5,
  },
  column: COLUMN,
  aerodynamics: AERODYNAMICS,
};

/** CommonRoad vehicle 3. */
export const VW_VANAGON: VehicleParameters = {
  ...COMMON,
  name: 'vw-vanagon',
  length: 4.569,
  width: 1.844,
  wheelbase: 1.1507916024 + 1.3211363976000001,
  frontAxleDistance: 1.1507916024,
  rearAxleDistance: 1.3211363976000001,
  cgHeight: 0.804490644,
  mass: 1478.8979637767998,
  yawInertia: 2473.1176915564442,
  brakeFrontShare: 0.64,
  driveFrontShare: 0,
  steeringRatio: 18,
  maxSteeringWheelAngle: 10,
  limits: {
    roadWheelAngle: 1.023,
    roadWheelRate: 0.4,
    minSpeed: -11.2,
    maxSpeed: 41.7,
    switchSpeed: 7.824,
    acceleration: 11.5,
  },
  column: { ...COLUMN, inertia: 0.07, damping: 1.8 },
  aerodynamics: { dragArea: 1.3, sideArea: 9, pressureCentre: 0.6 },
};

/** The cars that can be chosen by name. */
export const VEHICLES: readonly VehicleParameters[] = [BMW_320I, FORD_ESCORT, VW_VANAGON];

/** The car that drives unless another is named: an ordinary, mildly understeering saloon. */
export const DEFAULT_CAR: VehicleParameters = BMW_320I;
