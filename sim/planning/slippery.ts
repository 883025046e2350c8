import type { SpeedStyle } from './speed-plan.ts';

/** Share of the tyres' grip that a careful driver uses in bends, and for braking and accelerating. */
const USED_GRIP = { lateral: 0.5, along: 0.3 } as const;

/** The style, held back to what a slippery road lets a careful driver do. @param grip most acceleration of the tyres [m/s²] */
export function onSlipperyRoad(style: SpeedStyle, grip: number): SpeedStyle {
  return {
    ...style,
    lateralAcceleration: Math.min(style.lateralAcceleration, USED_GRIP.lateral * grip),
    braking: Math.min(style.braking, USED_GRIP.along * grip),
    acceleration: Math.min(style.acceleration, USED_GRIP.along * grip),
  };
}
