import { atan2, cos, hypot, sin, tan, wrapAngle } from '../../maths/deterministic.ts';
import { clothoid, endOf, type PlanElement, type PlanPoint } from './element.ts';

/** A corner of a polygon to be rounded. */
export interface Corner {
  readonly x: number;
  readonly y: number;
  /** Radius of the bend's arc [m]. */
  readonly radius: number;
  /** Share of the turning that the two clothoids take, in (0, 1]; the arc takes the rest. */
  readonly easing: number;
}

/** What a bend needs of the straights on both sides of its corner, for a radius of 1 m: lengths grow with the radius. */
export function tangentLength(turning: number, easing: number): number {
  const bend = Math.abs(turning);
  // Shift and tangent extension of a symmetric clothoid-arc-clothoid bend, as in any text on road design, e.g.
  // W. F. Hickerson, Route Location and Design, 1964: T = (R + p) tan(bend/2) + k.
  const spiralTurn = (bend * easing) / 2;
  const end = endOf(clothoid({ x: 0, y: 0, heading: 0, curvature: 0 }, 1, 2 * spiralTurn));
  const shift = end.y - (1 - cos(spiralTurn));
  const extension = end.x - sin(spiralTurn);
  return (1 + shift) * tan(bend / 2) + extension;
}

/** Turning at corner `i` of a closed polygon, left positive [rad], in [-pi, pi). */
export function turningAt(corners: readonly { readonly x: number; readonly y: number }[], i: number): number {
  const before = corners[(i + corners.length - 1) % corners.length]!;
  const here = corners[i]!;
  const after = corners[(i + 1) % corners.length]!;
  return wrapAngle(atan2(after.y - here.y, after.x - here.x) - atan2(here.y - before.y, here.x - before.x));
}

/**
 * A closed polygon with every corner rounded by clothoid, arc and clothoid; it begins where the last corner's bend
 * ends.
 * @returns elements whose end meets their start, or null when two neighbouring bends overlap
 */
export function roundCorners(corners: readonly Corner[]): PlanElement[] | null {
  const count = corners.length;
  const turnings = corners.map((_, i) => turningAt(corners, i));
  const tangents = corners.map((corner, i) => corner.radius * tangentLength(turnings[i]!, corner.easing));
  const elements: PlanElement[] = [];
  for (let i = 0; i < count; i++) {
    const from = corners[(i + count - 1) % count]!;
    const to = corners[i]!;
    const edge = hypot(to.x - from.x, to.y - from.y);
    const heading = atan2(to.y - from.y, to.x - from.x);
    const startsAt = tangents[(i + count - 1) % count]!;
    const straight = edge - startsAt - tangents[i]!;
    if (straight < 0) return null;
    const along = (distance: number): PlanPoint => ({
      x: from.x + distance * cos(heading),
      y: from.y + distance * sin(heading),
      heading,
      curvature: 0,
    });
    if (straight > 1e-9) elements.push(...clothoid(along(startsAt), 0, straight));
    const turning = turnings[i]!;
    const curvature = (turning < 0 ? -1 : 1) / to.radius;
    const spiralTurn = (Math.abs(turning) * to.easing) / 2;
    const spiral = 2 * spiralTurn * to.radius;
    const arc = (Math.abs(turning) - 2 * spiralTurn) * to.radius;
    if (spiral < 1e-9) continue;
    const into = clothoid(along(edge - tangents[i]!), curvature, spiral);
    const round = arc > 1e-9 ? clothoid(endOf(into), curvature, arc) : [];
    const out = clothoid(endOf(round.length > 0 ? round : into), 0, spiral);
    elements.push(...into, ...round, ...out);
  }
  return elements;
}
