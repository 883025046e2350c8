/** How a car follows another. */
export interface FollowingStyle {
  /** Time gap to the car ahead [s]. */
  readonly timeGap: number;
  /** Distance to the car ahead in a standing queue [m]. */
  readonly standingGap: number;
  /** Most acceleration [m/s²]. */
  readonly acceleration: number;
  /** Comfortable deceleration [m/s²], positive. */
  readonly braking: number;
}

/** Time and standing gap and braking of table I of the paper below; a brisker start than its 0.73 m/s². */
export const CALM_FOLLOWING: FollowingStyle = { timeGap: 1.6, standingGap: 2, acceleration: 1.4, braking: 1.67 };

/** No car brakes harder than dry asphalt lets it [m/s²]. */
const HARDEST = 8;
/** Below this desired speed a car wants to stand [m/s]. */
const STANDING = 0.1;

/**
 * Acceleration by the Intelligent Driver Model: `a (1 - (v/v0)^4 - (w/s)^2)` with the wanted gap
 * `w = s0 + max(0, v T + v dv / (2 sqrt(a b)))` (M. Treiber, A. Hennecke, D. Helbing: Congested traffic states in
 * empirical observations and microscopic simulations, Phys. Rev. E 62, 1805, 2000).
 * @param speed [m/s]
 * @param desired speed on a free road [m/s]
 * @param gap from bumper to bumper to the car ahead, infinite when there is none [m]
 * @param speedAhead of that car [m/s]
 * @returns [m/s²], not below -8
 */
export function followingAcceleration(
  style: FollowingStyle,
  speed: number,
  desired: number,
  gap: number,
  speedAhead: number,
): number {
  const { timeGap, standingGap, acceleration, braking } = style;
  const ratio = speed / Math.max(STANDING, desired);
  // Who is faster than it wants to be slows down comfortably; the model's fourth power would brake hard.
  const free = Math.max(-braking, acceleration * (1 - ratio * ratio * ratio * ratio));
  if (gap === Infinity) return free;
  const closing = (speed * (speed - speedAhead)) / (2 * Math.sqrt(acceleration * braking));
  const wanted = standingGap + Math.max(0, speed * timeGap + closing);
  const share = wanted / Math.max(0.1, gap);
  return Math.max(-HARDEST, free - acceleration * share * share);
}
