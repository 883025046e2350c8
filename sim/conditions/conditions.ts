/** Kind of light: it sets the sun's strength, the sky and the haze. At night the headlights are on. */
export type LightKind = 'day' | 'overcast' | 'dusk' | 'night';

/** Where the sun stands; what is null is drawn from the colour seed within what the light allows. */
export interface SunConditions {
  /** Direction towards the sun, counter-clockwise from the x axis (east) [rad]. */
  readonly azimuth: number | null;
  /** Above the horizon [rad]. */
  readonly elevation: number | null;
}

/** What the sky throws down. Changes pixels, and the state only through the friction that wet and snow imply. */
export interface WeatherConditions {
  /** Extinction coefficient of the air [1/m]; 0 leaves the light's own haze. */
  readonly fog: number;
  /** Rainfall [mm/h]: drops in the air and on the lens. */
  readonly rain: number;
  /** How wet the road is, from 0, dry, to 1, a closed film of water. */
  readonly wetness: number;
  /** Share of ground and road under snow, 0 to 1. */
  readonly snow: number;
  /** Share of ground and road under leaves, 0 to 1; leaves do not change the friction. */
  readonly leaves: number;
  /** Strength of the glare around the sun in the lens, 0 to 1. */
  readonly glare: number;
}

/** Places where the road is more slippery than elsewhere. */
export interface FrictionPatches {
  /** How many there are [1/km]; where and how large is drawn from the episode's seed. */
  readonly perKilometre: number;
  /** Factor on the friction within a patch. */
  readonly friction: number;
}

export interface WindConditions {
  /** Mean speed of the air [m/s]. */
  readonly speed: number;
  /** Where the wind blows to, counter-clockwise from the x axis [rad]. */
  readonly direction: number;
  /** Standard deviation of the speed along the mean wind [m/s]. */
  readonly gust: number;
}

/** How the car's camera differs from the one it was built as, and what its pictures suffer. */
export interface CameraConditions {
  /** Age of the frame that the driver sees [s]; rounded to whole control ticks. */
  readonly delay: number;
  /** The driver sees black frames. */
  readonly blank: boolean;
  /** Added to the camera's mount: position in the car's axes [m] and direction [rad], left and upwards positive. */
  readonly offset: {
    readonly x: number;
    readonly y: number;
    readonly z: number;
    readonly yaw: number;
    readonly pitch: number;
  };
  /** Factor on the horizontal field of view. */
  readonly fovFactor: number;
  /** Exposure compensation in stops: each doubles the light. */
  readonly exposure: number;
  /** Standard deviation of the noise on each colour value, as a share of white. */
  readonly noise: number;
  /** Standard deviation of the blur, as a share of the frame's width. */
  readonly blur: number;
  /** Share of the lens under dirt, 0 to 1. */
  readonly dirt: number;
  /** Probability that a frame never arrives; the driver gets none at that tick. */
  readonly dropped: number;
}

/** Dead times behind the driver; that of the image is the camera's own. Rounded to whole physics steps. */
export interface DelayConditions {
  /** From the observation until the command leaves the driver [s]. */
  readonly computation: number;
  /** From the command until steering and drive answer [s]; disturbances suffer it too. */
  readonly actuator: number;
}

/** Everything that varies from episode to episode and is not the road. */
export interface Conditions {
  readonly light: LightKind;
  readonly sun: SunConditions;
  readonly weather: WeatherConditions;
  /** Seed of the randomised colours of surface, ground, sky and scenery; changes pixels only. */
  readonly colourSeed: number;
  /** Factor on the tyres' friction coefficient, 1 is dry asphalt; wet and snow act on top of it. */
  readonly friction: number;
  readonly frictionPatches: FrictionPatches;
  readonly wind: WindConditions;
  readonly camera: CameraConditions;
  readonly delays: DelayConditions;
}

/** Dry day without any disturbance. */
export const CLEAR_DAY: Conditions = {
  light: 'day',
  sun: { azimuth: null, elevation: null },
  weather: { fog: 0, rain: 0, wetness: 0, snow: 0, leaves: 0, glare: 0 },
  colourSeed: 0,
  friction: 1,
  frictionPatches: { perKilometre: 0, friction: 0.5 },
  wind: { speed: 0, direction: 0, gust: 0 },
  camera: {
    delay: 0,
    blank: false,
    offset: { x: 0, y: 0, z: 0, yaw: 0, pitch: 0 },
    fovFactor: 1,
    exposure: 0,
    noise: 0,
    blur: 0,
    dirt: 0,
    dropped: 0,
  },
  delays: { computation: 0, actuator: 0 },
};
