import { hypot } from '../../maths/deterministic.ts';
import type { Notes } from './notes.ts';
import type { OpenDriveRoad, RoadLink } from './road.ts';

/** What the two ends of a road are joined to. */
export type RoadEnds = Pick<OpenDriveRoad, 'predecessor' | 'successor'>;

/** A longer chain of roads of no length is a circle. */
const MOST_POINTS = 16;

/**
 * What a link leads to when roads of no length are passed through.
 * @param points those roads
 */
export function passedThrough(link: RoadLink | undefined, points: ReadonlyMap<string, RoadEnds>): RoadLink | undefined {
  let target = link;
  for (let i = 0; i < MOST_POINTS && target?.kind === 'road'; i++) {
    const point = points.get(target.id);
    if (!point) return target;
    target = target.contact === 'start' ? point.successor : point.predecessor;
  }
  return target?.kind === 'road' && points.has(target.id) ? undefined : target;
}

/** The roads without the links that lead to what is not there. Whether the ends meet matters to those who drive there. */
export function withOpenEnds(
  roads: ReadonlyMap<string, OpenDriveRoad>,
  points: ReadonlyMap<string, RoadEnds>,
  junctions: ReadonlyMap<string, unknown>,
  notes: Notes,
): Map<string, OpenDriveRoad> {
  const checked = (road: OpenDriveRoad, name: 'predecessor' | 'successor') => {
    const link = passedThrough(road[name], points);
    if (!link) return undefined;
    const place = `road ${road.id}: ${name}`;
    if (!(link.kind === 'road' ? roads : junctions).has(link.id)) {
      notes.add('a link to what is not there is taken as an open end', `${place}: ${link.kind} ${link.id}`);
      return undefined;
    }
    if (link.kind === 'road' && link.id === road.id && !closesOnItself(road, name, link.contact)) {
      notes.add('a link that loops back to its own road is taken as an open end', place);
      return undefined;
    }
    return link;
  };
  return new Map(
    [...roads].map(([id, road]) => [
      id,
      { ...road, predecessor: checked(road, 'predecessor'), successor: checked(road, 'successor') },
    ]),
  );
}

/** A ring of one road may be linked to itself: end to start, where the two meet. */
function closesOnItself({ line }: OpenDriveRoad, name: 'predecessor' | 'successor', contact: 'start' | 'end'): boolean {
  if ((name === 'successor') !== (contact === 'start')) return false;
  const start = line.pointAt(0, { x: 0, y: 0, heading: 0, curvature: 0 });
  const end = line.pointAt(line.length, { x: 0, y: 0, heading: 0, curvature: 0 });
  return hypot(end.x - start.x, end.y - start.y) < 1;
}
