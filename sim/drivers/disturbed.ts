import { sin } from '../maths/deterministic.ts';
import { createStream } from '../random/stream.ts';

/** How a drive is disturbed. */
export interface DisturbanceOptions {
  /** Time between the end of one push and the begin of the next, from and to [s]. */
  readonly pause: readonly [number, number];
  /** How long a push lasts, from and to [s]. */
  readonly duration: readonly [number, number];
  /** Lateral acceleration that a push adds at its height, from and to [m/s²]; to either side. */
  readonly strength: readonly [number, number];
}

/** Pushes after which the expert's car strays by half a metre often, and by 0.9 m at most. */
export const RECORDING_DISTURBANCE: DisturbanceOptions = {
  pause: [1.5, 5],
  duration: [0.9, 1.8],
  strength: [0.8, 3],
};

/** What a disturbance adds to a driver's command. */
export interface DisturbanceAmount {
  /** [rad] */
  readonly steeringAngle: number;
  /** [N·m] */
  readonly torque: number;
}

const NONE: DisturbanceAmount = { steeringAngle: 0, torque: 0 };
/** Steering-wheel angle times turning radius of an ordinary car: steering ratio times wheelbase [rad·m]. */
const ANGLE_PER_CURVATURE = 40;
/** Below this speed a push does not grow any further [m/s]. */
const SLOWEST = 6;
/** Torque with which hands resist a turned wheel [N·m/rad]; a push of the wheel must overcome it. */
const HAND_STIFFNESS = 7;

interface Push {
  readonly start: number;
  readonly duration: number;
  /** Lateral acceleration at its height, left positive [m/s²]. */
  readonly strength: number;
}

/**
 * Seeded, smooth, occasional pushes of the steering. The loop adds them to what the car does, while the recorded command
 * stays that of the driver: so the data hold states off the path and the way back (DART: Laskey, Lee, Fox, Dragan,
 * Goldberg, CoRL 2017, arXiv:1703.09327).
 * @param seed of the episode; the stream `disturbance` is derived from it
 */
export function createDisturbance(seed: number, options: Partial<DisturbanceOptions> = {}) {
  const { pause, duration, strength } = { ...RECORDING_DISTURBANCE, ...options };
  const chance = createStream(seed, 'disturbance');
  const pushes: Push[] = [];

  /** Draws pushes until one ends after `time`; they come in order, so any order of questions gets the same answers. */
  const pushAt = (time: number): Push | undefined => {
    for (;;) {
      const last = pushes[pushes.length - 1];
      const end = last === undefined ? 0 : last.start + last.duration;
      if (last !== undefined && end > time) break;
      pushes.push({
        start: end + chance.uniform(pause[0], pause[1]),
        duration: chance.uniform(duration[0], duration[1]),
        strength: chance.uniform(strength[0], strength[1]) * (chance.uniform() < 0.5 ? 1 : -1),
      });
    }
    return pushes.find((push) => time >= push.start && time < push.start + push.duration);
  };

  return {
    /**
     * What is added at a time.
     * @param time since the episode's start [s]
     * @param speed of the car now [m/s], a brisk one when not told: the quicker, the less wheel the same push needs
     */
    at(time: number, speed = 15): DisturbanceAmount {
      const push = pushAt(time);
      if (!push) return NONE;
      const rise = sin((Math.PI * (time - push.start)) / push.duration);
      const pace = Math.max(SLOWEST, speed);
      const steeringAngle = (push.strength * rise * rise * ANGLE_PER_CURVATURE) / (pace * pace);
      return { steeringAngle, torque: HAND_STIFFNESS * steeringAngle };
    },
  };
}
