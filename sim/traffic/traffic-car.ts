export type TrafficKind = 'leading' | 'oncoming' | 'parked';

/** Another car as it is drawn and as it can be hit. */
export interface TrafficCar {
  /** Its own in the episode, e.g. `oncoming-2`. */
  readonly id: string;
  readonly kind: TrafficKind;
  /** Middle of its body on the road's surface [m]. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Counter-clockwise from the x axis [rad]. */
  readonly yaw: number;
  /** Size of its body [m]. */
  readonly length: number;
  readonly width: number;
  /** Picks a colour: a whole number from 0 to 7. */
  readonly colourIndex: number;
}

/** How many colours cars have. */
export const CAR_COLOURS = 8;

/** Another car in the coordinates of the road. */
export interface RoadUser {
  readonly id: string;
  /** Arc length of its middle along the reference line [m]. */
  readonly s: number;
  /** Offset from the reference line, left positive [m]. */
  readonly lateral: number;
  /** Along the road [m/s]; negative for oncoming cars. */
  readonly speed: number;
  readonly length: number;
  readonly width: number;
}

/** Body of an ordinary hatchback to saloon [m]. */
export const BODY = { length: [3.9, 4.8], width: [1.7, 1.85] } as const;
