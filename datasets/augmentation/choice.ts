import type { RandomStream } from '../../sim/random/stream.ts';
import type { CorrectionOptions } from '../windows/steering-correction.ts';
import type { GroundView } from './ground-view.ts';
import { drawShadow, type Patch, type Shadow } from './light.ts';

/** What may happen to a window. Everything is off unless given; a window's frames are all changed alike. */
export interface AugmentationOptions {
  /** Probability that left and right change places; angle and torque change sign. */
  readonly mirror?: number;
  /**
   * Seen as if the car stood beside its line; the steering angle gets what leads it back. Without more being said, the
   * camera is 1.2 m above the ground and its picture was not stretched.
   */
  readonly lateralShift?: CorrectionOptions &
    Pick<GroundView, 'horizon'> &
    Partial<GroundView> & {
      /** Largest offset, to either side [m]. */
      readonly metres: number;
    };
  /** Largest rotation of the picture, either way [rad]; no effect on the labels. */
  readonly rotation?: number;
  /** Light is multiplied by a factor between these. */
  readonly brightness?: readonly [number, number];
  /** Exponent between these. */
  readonly gamma?: readonly [number, number];
  /** Probability of a band of shadow. */
  readonly shadow?: number;
  /** Largest standard deviation of noise, of 255. */
  readonly noise?: number;
  /** Probability of a 3x3 blur. */
  readonly blur?: number;
  /** Probability that a patch of at most a quarter of each side is covered. */
  readonly erase?: number;
}

/** What was done to one window. */
export interface AppliedAugmentation {
  readonly mirrored: boolean;
  /** How far left of its line the car seems to be [m], after mirroring. */
  readonly lateralShift: number;
  readonly rotation: number;
  readonly brightness: number;
  readonly gamma: number;
  readonly shadow: Shadow | undefined;
  readonly noise: number;
  readonly blurred: boolean;
  readonly erased: Patch | undefined;
}

/** Draws what happens to one window. */
export function choose(options: AugmentationOptions, stream: RandomStream): AppliedAugmentation {
  // Every number is drawn whether it is used or not, so that switching one change off leaves the others as they were.
  const chance = (probability: number | undefined) => stream.uniform() < (probability ?? 0);
  const within = (limit: number | undefined) => stream.uniform(-1, 1) * (limit ?? 0);
  const between = (range: readonly [number, number] | undefined) => {
    const share = stream.uniform();
    return range === undefined ? 1 : range[0] + share * (range[1] - range[0]);
  };
  const mirrored = chance(options.mirror);
  const lateralShift = within(options.lateralShift?.metres);
  const rotation = within(options.rotation);
  const brightness = between(options.brightness);
  const gamma = between(options.gamma);
  const shaded = chance(options.shadow);
  const shadow = drawShadow(stream);
  const noise = stream.uniform() * (options.noise ?? 0);
  const blurred = chance(options.blur);
  const covered = chance(options.erase);
  const patch = {
    x: stream.uniform(0, 0.9),
    y: stream.uniform(0, 0.9),
    width: stream.uniform(0.05, 0.25),
    height: stream.uniform(0.05, 0.25),
    grey: stream.integer(0, 255),
  };
  return {
    mirrored,
    lateralShift: lateralShift + 0,
    rotation: rotation + 0,
    brightness,
    gamma,
    shadow: shaded ? shadow : undefined,
    noise,
    blurred,
    erased: covered ? patch : undefined,
  };
}
