import { blanked } from '../camera-effects/blanked.ts';
import { defineDisturbance } from './disturbance.ts';

/** What `conditions.camera.blank` does, for a while. */
export const blankedFrames = defineDisturbance({
  kind: 'blanked-frames',
  description: 'The driver sees black frames',
  span: 'time',
  amounts: {},
  make: () => ({ frames: blanked }),
});
