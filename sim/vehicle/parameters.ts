/**
 * Coefficients of the Magic Formula with combined slip (Pacejka, Tire and Vehicle Dynamics, 2nd ed., ch. 4) under
 * their customary names: p for pure slip, r for combined slip; x along the wheel, y across it.
 */
export interface TyreParameters {
  readonly pCx1: number;
  readonly pDx1: number;
  readonly pEx1: number;
  readonly pKx1: number;
  readonly pHx1: number;
  readonly pVx1: number;
  readonly rBx1: number;
  readonly rBx2: number;
  readonly rCx1: number;
  readonly rEx1: number;
  readonly rHx1: number;
  readonly pCy1: number;
  readonly pDy1: number;
  readonly pEy1: number;
  readonly pKy1: number;
  readonly rBy1: number;
  readonly rBy2: number;
  readonly rBy3: number;
  readonly rCy1: number;
  readonly rEy1: number;
  readonly rHy1: number;
  readonly rVy1: number;
  readonly rVy4: number;
  readonly rVy5: number;
  readonly rVy6: number;
}

/** The steering column between hands and road wheels; everything as felt at the steering wheel. */
export interface ColumnParameters {
  /** Steering wheel, column, rack and road wheels together [kg·m²]. */
  readonly inertia: number;
  /** Viscous damping [N·m·s/rad]. */
  readonly damping: number;
  /** Coulomb friction [N·m]. */
  readonly friction: number;
  /** Share of the aligning torque that the power assist takes from the hands at standstill, in [0, 1). */
  readonly assistAtStandstill: number;
  /** The share that remains at high speed, in [0, 1). */
  readonly assistAtSpeed: number;
  /** Speed at which the assist is halfway between the two [m/s]. */
  readonly assistSpeed: number;
  /** Distance from the contact patch's middle to the steering axis, from caster; does not fall with slip [m]. */
  readonly mechanicalTrail: number;
  /** Pneumatic trail of the front tyres at zero slip and static load [m]. */
  readonly pneumaticTrail: number;
  /** Arm servo that holds a demanded angle: natural frequency [rad/s] and damping ratio [1]. */
  readonly servoFrequency: number;
  readonly servoDampingRatio: number;
}

/** How air acts on the body. */
export interface AerodynamicParameters {
  /** Drag coefficient times frontal area [m²]. */
  readonly dragArea: number;
  /** Side-force coefficient per radian of flow angle, times side area [m²]. */
  readonly sideArea: number;
  /** How far ahead of the centre of gravity the side force acts [m]. */
  readonly pressureCentre: number;
}

/** Bounds within which the CommonRoad models hold their inputs. */
export interface ModelLimits {
  /** Road-wheel angle, either side [rad]. */
  readonly roadWheelAngle: number;
  /** Road-wheel rate, either direction [rad/s]. */
  readonly roadWheelRate: number;
  /** Speeds beyond which the car does not accelerate further [m/s]. */
  readonly minSpeed: number;
  readonly maxSpeed: number;
  /** Above this speed the engine's power, not the tyres, limits the acceleration [m/s]. */
  readonly switchSpeed: number;
  /** Acceleration and deceleration [m/s²]. */
  readonly acceleration: number;
}

/** Everything that makes one car differ from another. */
export interface VehicleParameters {
  /** e.g. `bmw-320i`. */
  readonly name: string;
  /** Size of the body [m]. */
  readonly length: number;
  readonly width: number;
  /** Distance between the axles [m]. */
  readonly wheelbase: number;
  /** From the centre of gravity to the front axle [m]. */
  readonly frontAxleDistance: number;
  /** From the centre of gravity to the rear axle [m]. */
  readonly rearAxleDistance: number;
  /** Centre of gravity above the road [m]. */
  readonly cgHeight: number;
  /** [kg] */
  readonly mass: number;
  /** About the vertical axis through the centre of gravity [kg·m²]. */
  readonly yawInertia: number;
  /** [m] */
  readonly wheelRadius: number;
  /** Of the two wheels of an axle about their spin axis [kg·m²]. */
  readonly wheelInertia: number;
  /** Share of the braking torque at the front axle, in [0, 1]. */
  readonly brakeFrontShare: number;
  /** Share of the driving torque at the front axle, in [0, 1]. */
  readonly driveFrontShare: number;
  /** Steering-wheel angle over road-wheel angle [1]. */
  readonly steeringRatio: number;
  /** End stops of the steering wheel, either side [rad]. */
  readonly maxSteeringWheelAngle: number;
  /** [rad/s] */
  readonly maxSteeringWheelRate: number;
  /** Torque of the hands or the arm servo on the steering wheel, either direction [N·m]. */
  readonly maxTorque: number;
  /** What the speed controller asks for at most [m/s²]. */
  readonly maxAcceleration: number;
  readonly maxDeceleration: number;
  readonly limits: ModelLimits;
  readonly tyre: TyreParameters;
  readonly column: ColumnParameters;
  readonly aerodynamics: AerodynamicParameters;
}
