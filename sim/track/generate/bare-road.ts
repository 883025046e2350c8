import type { ReferenceLine } from '../line/reference-line.ts';
import type { CrossSection, RoadSurface } from '../road.ts';
import type { BareRoad } from './scenery.ts';

/** A road on which scenery can be tried for its place. */
export function bareRoad(line: ReferenceLine, surface: RoadSurface, crossSection: CrossSection): BareRoad {
  return {
    length: line.length,
    crossSection,
    pointAt(s) {
      const point = { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 };
      line.pointAt(s, point);
      surface.shape(line.wrap(s), point);
      return point;
    },
    project: (x, y) => line.project(x, y, undefined, { s: 0, lateral: 0 }),
  };
}
