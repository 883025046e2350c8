import { defineDisturbance } from './disturbance.ts';

/**
 * The line from the cameras is slow for a while: until the first late frame comes, the driver is left with the last one,
 * and at the end the newest overtakes those that are under way.
 */
export const lateFrames = defineDisturbance({
  kind: 'late-frames',
  description: 'The frames reach the driver late',
  span: 'time',
  amounts: {
    delay: { unit: 's', min: 0, max: 5, description: 'beside that of the conditions; rounded to whole control ticks' },
  },
  make: ({ delay }) => ({ lateness: () => delay }),
});
