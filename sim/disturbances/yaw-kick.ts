import { defineDisturbance } from './disturbance.ts';
import { sideOf, towardsSchema } from './towards.ts';

/** A moment about the vertical axis alone. */
export const yawKick = defineDisturbance({
  kind: 'yaw-kick',
  description: 'Something turns the car about its vertical axis, as a hit on a rear corner does',
  span: 'time',
  amounts: {
    moment: {
      unit: 'N·m',
      min: 0,
      max: 100_000,
      description: 'of the kick; times its duration over the yaw inertia it is the yaw rate that the car is given',
    },
  },
  options: { towards: towardsSchema },
  make({ moment, towards }, stream) {
    const push = { force: 0, moment: sideOf(towards, stream) * moment };
    return { push: () => push };
  },
});
