import { Refusal } from '../../refusal.ts';
import { Fields } from './fields.ts';
import { passedThrough, type RoadEnds } from './links.ts';
import type { Notes } from './notes.ts';
import { attributeOf, childrenOf, type XmlElement } from './read-xml.ts';
import type { OpenDriveRoad, RoadLink } from './road.ts';

/** A way through a junction. */
export interface Connection {
  readonly incomingRoad: string;
  /** Road within the junction, or the road behind it where they are linked directly. */
  readonly connectingRoad: string;
  readonly contact: 'start' | 'end';
  /** From lanes of the incoming road to lanes of the connecting one. */
  readonly laneLinks: readonly { readonly from: number; readonly to: number }[];
}

/** The roads of a file by their ids. */
export interface ReadRoads {
  readonly roads: ReadonlyMap<string, OpenDriveRoad>;
  /** What lies beside roads of no length, which are passed through. */
  readonly points: ReadonlyMap<string, RoadEnds>;
}

/** The ways through each junction by its id; those that cannot be read, or lead to what is not there, are told. */
export function readJunctions(
  root: XmlElement,
  file: string,
  roads: ReadRoads,
  notes: Notes,
): Map<string, Connection[]> {
  const junctions = new Map<string, Connection[]>();
  for (const element of childrenOf(root, 'junction')) {
    const junction = new Fields(element, file, `junction ${attributeOf(element, 'id') ?? '?'}`, notes);
    const connections = childrenOf(element, 'connection').flatMap((connection) => {
      const fields = junction.within(connection, `connection ${attributeOf(connection, 'id') ?? '?'}`);
      try {
        return readConnection(fields, roads);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        notes.add('a broken way through a junction is left out', `${fields.place}: ${error.what}`);
        return [];
      }
    });
    junctions.set(attributeOf(element, 'id') ?? '', connections);
  }
  return junctions;
}

/** None where it leads through or to a road that is not there, or was left out. */
function readConnection(connection: Fields, { roads, points }: ReadRoads): Connection[] {
  // Direct junctions (1.7) link the roads themselves; without either name nobody drives through.
  const next = ['connectingRoad', 'linkedRoad'].find((name) => connection.optionalText(name) !== undefined);
  const incomingRoad = connection.optionalText('incomingRoad');
  if (next === undefined || incomingRoad === undefined) return [];
  const contact = connection.oneOf('contactPoint', ['start', 'end'], 'start');
  const named: RoadLink = { kind: 'road', id: connection.text(next), contact };
  const target = passedThrough(named, points);
  if (points.has(named.id) && target?.kind === 'road' && roads.has(target.id) && roads.has(incomingRoad)) {
    // The lanes that are named are those of the road of no length.
    return [{ incomingRoad, connectingRoad: target.id, contact: target.contact, laneLinks: [] }];
  }
  const connectingRoad = named.id;
  if (!roads.has(connectingRoad) || !roads.has(incomingRoad)) {
    connection.note('a way through a junction by a road that is not there is left out');
    return [];
  }
  const laneLinks = childrenOf(connection.element, 'laneLink').map((link) => {
    const laneLink = connection.within(link, 'laneLink');
    return { from: laneLink.number('from'), to: laneLink.number('to') };
  });
  return [{ incomingRoad, connectingRoad, contact, laneLinks }];
}
