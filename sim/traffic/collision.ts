import { cos, sin } from '../maths/deterministic.ts';

/** A rectangle on the ground. */
export interface Box {
  /** Its middle [m]. */
  readonly x: number;
  readonly y: number;
  /** Direction of its length [rad]. */
  readonly yaw: number;
  /** [m] */
  readonly length: number;
  readonly width: number;
}

/**
 * Whether two rectangles overlap: they do unless one of their four directions separates them (separating axis theorem,
 * e.g. C. Ericson, Real-Time Collision Detection, 2005, section 4.4).
 */
export function overlap(a: Box, b: Box): boolean {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const reach = (a.length + a.width + b.length + b.width) / 2;
  if (dx * dx + dy * dy > reach * reach) return false;
  const cosA = cos(a.yaw);
  const sinA = sin(a.yaw);
  const cosB = cos(b.yaw);
  const sinB = sin(b.yaw);
  // Cosine and sine of the angle between the two, whatever the sign.
  const along = Math.abs(cosA * cosB + sinA * sinB);
  const across = Math.abs(sinA * cosB - cosA * sinB);
  const apart = (distance: number, own: number, length: number, width: number): boolean =>
    Math.abs(distance) > (own + length + width) / 2;
  return !(
    apart(dx * cosA + dy * sinA, a.length, b.length * along, b.width * across) ||
    apart(dy * cosA - dx * sinA, a.width, b.length * across, b.width * along) ||
    apart(dx * cosB + dy * sinB, b.length, a.length * along, a.width * across) ||
    apart(dy * cosB - dx * sinB, b.width, a.length * across, a.width * along)
  );
}
