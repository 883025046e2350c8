/** Everything that varies from episode to episode and is not the road. */
export interface Conditions {
  readonly light: 'day' | 'dusk' | 'overcast';
  /** Seed of the randomised colours of surface, ground, sky and scenery; changes pixels only. */
  readonly colourSeed: number;
  /** Factor on the tyres' friction coefficient, 1 is dry asphalt. */
  readonly friction: number;
  readonly camera: {
    /** Age of the frame that the driver sees [s]; rounded to whole control ticks. */
    readonly delay: number;
    /** The driver sees black frames. */
    readonly blank: boolean;
  };
}

/** Dry day without any disturbance. */
export const CLEAR_DAY: Conditions = {
  light: 'day',
  colourSeed: 0,
  friction: 1,
  camera: { delay: 0, blank: false },
};
