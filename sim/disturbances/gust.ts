import { cos, sin } from '../maths/deterministic.ts';
import { defineDisturbance } from './disturbance.ts';
import { sideOf, towardsSchema } from './towards.ts';

/** Side wind that rises and falls as one minus a cosine, the discrete gust of aviation (EASA CS-25.341). */
export const gust = defineDisturbance({
  kind: 'gust',
  description: 'A gust of side wind that rises, is strongest in its middle, and falls',
  span: 'time',
  amounts: { speed: { unit: 'm/s', min: 0, max: 60, description: 'of the air at its strongest, across the car' } },
  options: { towards: towardsSchema },
  make({ speed, duration, towards }, stream) {
    const strongest = sideOf(towards, stream) * speed;
    let across = { x: 0, y: 0 };
    return {
      begin({ state: { yaw } }) {
        across = { x: -sin(yaw), y: cos(yaw) };
      },
      air({ elapsed }) {
        const now = (strongest * (1 - cos((2 * Math.PI * elapsed) / duration))) / 2;
        return { x: now * across.x, y: now * across.y };
      },
    };
  },
});
