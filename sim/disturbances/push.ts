import { defineDisturbance } from './disturbance.ts';
import { sideOf, towardsSchema } from './towards.ts';

/** A force on the centre of gravity, so that the car is moved sideways and not turned. */
export const push = defineDisturbance({
  kind: 'push',
  description: 'Something pushes the car sideways at its centre of gravity',
  span: 'time',
  amounts: {
    force: { unit: 'N', min: 0, max: 50_000, description: 'of the push; 1000 N move a car of 1 t by 1 m/s²' },
  },
  options: { towards: towardsSchema },
  make({ force, towards }, stream) {
    const push = { force: sideOf(towards, stream) * force, moment: 0 };
    return { push: () => push };
  },
});
