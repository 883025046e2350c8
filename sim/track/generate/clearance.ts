import type { PlanPoint } from '../line/element.ts';
import type { ReferenceLine } from '../line/reference-line.ts';

const SPACING = 4;

/**
 * Whether parts of a line that do not follow each other stay apart. Two points follow each other when the way between
 * them along the line is shorter than a half-circle as wide as the clearance, with something to spare.
 * @param clearance [m]
 */
export function keepsClear(line: ReferenceLine, clearance: number): boolean {
  const count = Math.floor(line.length / SPACING);
  const points: PlanPoint[] = [];
  for (let i = 0; i < count; i++) {
    points.push(line.pointAt((i * line.length) / count, { x: 0, y: 0, heading: 0, curvature: 0 }));
  }
  const following = Math.ceil((2.2 * clearance) / SPACING);
  for (let i = 0; i < count; i++) {
    for (let j = i + following; j < count; j++) {
      if (line.closed && i + count - j < following) break;
      const dx = points[i]!.x - points[j]!.x;
      const dy = points[i]!.y - points[j]!.y;
      if (dx * dx + dy * dy < clearance * clearance) return false;
    }
  }
  return true;
}
