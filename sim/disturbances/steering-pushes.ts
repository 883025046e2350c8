import { z } from 'zod';
import { sin } from '../maths/deterministic.ts';
import type { RandomStream } from '../random/stream.ts';
import { defineDisturbance } from './disturbance.ts';

/** Steering-wheel angle times turning radius of an ordinary car: steering ratio times wheelbase [rad·m]. */
const ANGLE_PER_CURVATURE = 40;
/** Below this speed a push does not grow any further [m/s]. */
const SLOWEST = 6;
/** Torque with which hands resist a turned wheel [N·m/rad]; a push of the wheel must overcome it. */
const HAND_STIFFNESS = 7;

interface SteeringPush {
  readonly start: number;
  readonly duration: number;
  /** Lateral acceleration at its height, left positive [m/s²]. */
  readonly strength: number;
}

const range = (unit: string, max: number, usual: readonly [number, number], description: string) =>
  z
    .tuple([z.number().min(0).max(max), z.number().min(0).max(max)])
    .readonly()
    .default(usual)
    .meta({ unit, description });

/**
 * Smooth, occasional pushes of the steering. They are added to what the car does, while the recorded command stays that of
 * the driver: so recordings hold states off the path and the way back (DART: Laskey, Lee, Fox, Dragan, Goldberg, CoRL 2017,
 * arXiv:1703.09327). As they are by default, the expert's car strays by half a metre often, and by 0.9 m at most.
 */
export const steeringPushes = defineDisturbance({
  kind: 'steering-pushes',
  description: 'Now and then something pulls smoothly at the steering, to either side, all through the episode',
  span: 'own',
  amounts: {},
  options: {
    pause: range('s', 1e4, [1.5, 5], 'from the end of a push to the begin of the next, from and to'),
    duration: range('s', 60, [0.9, 1.8], 'of a push, from and to').refine(([from]) => from > 0, 'must begin above 0'),
    strength: range('m/s²', 30, [0.8, 3], 'lateral acceleration that a push adds at its height, from and to'),
  },
  make(options, stream) {
    const pushAt = drawPushes(options, stream);
    return {
      acts: ({ time }) => pushAt(time) !== undefined,
      command(command, { time, state: { speed } }) {
        const { start, duration, strength } = pushAt(time)!;
        const rise = sin((Math.PI * (time - start)) / duration);
        // The quicker the car, the less wheel the same push needs.
        const pace = Math.max(SLOWEST, speed);
        const steeringAngle = (strength * rise * rise * ANGLE_PER_CURVATURE) / (pace * pace);
        return {
          ...command,
          steeringAngle: command.steeringAngle + steeringAngle,
          torque: command.torque + HAND_STIFFNESS * steeringAngle,
        };
      },
    };
  },
});

/** The pushes with which drives are recorded. */
export const RECORDING_PUSHES = steeringPushes.schema.parse({ kind: 'steering-pushes' });

interface PushRanges {
  readonly pause: readonly [number, number];
  readonly duration: readonly [number, number];
  readonly strength: readonly [number, number];
}

/** The push at a time [s], where there is one. They are drawn in order, so any order of questions gets the same answers. */
function drawPushes({ pause, duration, strength }: PushRanges, chance: RandomStream) {
  const pushes: SteeringPush[] = [];
  return (time: number): SteeringPush | undefined => {
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
}
