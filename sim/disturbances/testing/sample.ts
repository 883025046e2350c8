import { defineDisturbance } from '../disturbance.ts';

/** A disturbance that the program does not have: what somebody writes who adds one. */
export const sampleDisturbance = defineDisturbance({
  kind: 'gentle-brake',
  description: 'The car holds a lower speed than it is asked to',
  span: 'stretch',
  amounts: { share: { unit: '', min: 0, max: 1, description: 'of the speed that is left' } },
  make: ({ share }) => ({ command: (command) => ({ ...command, speed: share * command.speed }) }),
});
