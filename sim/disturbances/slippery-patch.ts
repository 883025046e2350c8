import { defineDisturbance } from './disturbance.ts';

/** As wide as the road, so that nobody drives around it. */
export const slipperyPatch = defineDisturbance({
  kind: 'slippery-patch',
  description: 'The road is slippery over its whole width, on a stretch that the driver is not told of',
  span: 'stretch',
  amounts: {
    friction: { unit: '', min: 0.05, max: 1, description: 'factor on the grip that the road has there otherwise' },
  },
  make: ({ friction }) => ({ grip: () => friction }),
});
