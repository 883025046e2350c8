import { hypot } from '../../maths/deterministic.ts';
import { Refusal } from '../../refusal.ts';
import { Fields } from './fields.ts';
import { attributeOf, childrenOf, readXml } from './read-xml.ts';
import { type OpenDriveRoad, readRoad } from './road.ts';

/** A way through a junction. */
export interface Connection {
  readonly incomingRoad: string;
  /** Road within the junction, or the road behind it where they are linked directly. */
  readonly connectingRoad: string;
  readonly contact: 'start' | 'end';
  /** From lanes of the incoming road to lanes of the connecting one. */
  readonly laneLinks: readonly { readonly from: number; readonly to: number }[];
}

/** All roads and junctions of a file. */
export interface OpenDriveNetwork {
  /** Name of the file, for messages. */
  readonly file: string;
  /** In the order of the file, by id. */
  readonly roads: ReadonlyMap<string, OpenDriveRoad>;
  readonly junctions: ReadonlyMap<string, readonly Connection[]>;
}

/** Versions that are understood: 1.minor from and to. */
const MINOR_VERSIONS = [4, 8] as const;

/**
 * Reads OpenDRIVE 1.4 to 1.8 (ASAM OpenDRIVE; before 1.6, VIRES Simulationstechnologie).
 * @param text contents of the file
 * @param file its name, for messages
 * @throws Refusal `bad-opendrive` that names road and reason
 */
export function readOpenDrive(text: string, file: string): OpenDriveNetwork {
  const document = readXml(text, file);
  const root = childrenOf(document, 'OpenDRIVE')[0];
  const refuse = (what: string, mend: string) => new Refusal('bad-opendrive', file, what, mend);
  if (!root) throw refuse('there is no <OpenDRIVE> in it', 'give an .xodr file');
  const header = childrenOf(root, 'header')[0];
  const [major, minor] = [attributeOf(header ?? {}, 'revMajor'), attributeOf(header ?? {}, 'revMinor')];
  if (Number(major) !== 1 || !(Number(minor) >= MINOR_VERSIONS[0] && Number(minor) <= MINOR_VERSIONS[1])) {
    throw refuse(`its version is ${major ?? '?'}.${minor ?? '?'}`, 'give OpenDRIVE 1.4 to 1.8');
  }
  const roads = new Map<string, OpenDriveRoad>();
  for (const element of childrenOf(root, 'road')) {
    const road = readRoad(element, file);
    if (roads.has(road.id)) throw refuse(`road ${road.id} is there twice`, 'give each road an id of its own');
    roads.set(road.id, road);
  }
  if (roads.size === 0) throw refuse('there is no road in it', 'give a file with at least one road');
  const junctions = new Map<string, Connection[]>();
  for (const element of childrenOf(root, 'junction')) {
    const id = new Fields(element, `${file}: junction`).text('id');
    junctions.set(
      id,
      childrenOf(element, 'connection').flatMap((connection) => {
        const fields = new Fields(connection, `${file}: junction ${id}: connection ${attributeOf(connection, 'id')}`);
        // Direct junctions (1.7) link the roads themselves; without either name nobody drives through.
        const next = ['connectingRoad', 'linkedRoad'].find((name) => fields.optionalText(name) !== undefined);
        if (next === undefined) return [];
        return {
          incomingRoad: fields.text('incomingRoad'),
          connectingRoad: fields.text(next),
          contact: fields.optionalText('contactPoint') === 'end' ? ('end' as const) : ('start' as const),
          laneLinks: childrenOf(connection, 'laneLink').map((link) => {
            const laneLink = new Fields(link, `${fields.where}: laneLink`);
            return { from: laneLink.number('from'), to: laneLink.number('to') };
          }),
        };
      }),
    );
  }
  const network = { file, roads, junctions };
  checkLinks(network);
  return network;
}

/** @throws Refusal when a link leads to what is not there. Whether the ends meet matters to those who drive there. */
function checkLinks({ file, roads, junctions }: OpenDriveNetwork): void {
  for (const road of roads.values()) {
    for (const name of ['predecessor', 'successor'] as const) {
      const link = road[name];
      if (!link) continue;
      const where = `${file}: road ${road.id}: ${name}`;
      const there = link.kind === 'road' ? roads.get(link.id) : junctions.get(link.id);
      if (!there) {
        throw new Refusal('bad-opendrive', where, `there is no ${link.kind} ${link.id}`, 'mend or remove the link');
      }
      if (link.kind === 'road' && link.id === road.id && !closesOnItself(road, name, link.contact)) {
        throw new Refusal('bad-opendrive', where, 'the link loops back to the road itself', 'mend or remove the link');
      }
    }
  }
  for (const [id, connections] of junctions) {
    for (const { incomingRoad, connectingRoad } of connections) {
      for (const wanted of [incomingRoad, connectingRoad]) {
        if (roads.has(wanted)) continue;
        const where = `${file}: junction ${id}`;
        throw new Refusal('bad-opendrive', where, `there is no road ${wanted}`, 'mend or remove the connection');
      }
    }
  }
}

/** A ring of one road may be linked to itself: end to start, where the two meet. */
function closesOnItself({ line }: OpenDriveRoad, name: 'predecessor' | 'successor', contact: 'start' | 'end'): boolean {
  if ((name === 'successor') !== (contact === 'start')) return false;
  const start = line.pointAt(0, { x: 0, y: 0, heading: 0, curvature: 0 });
  const end = line.pointAt(line.length, { x: 0, y: 0, heading: 0, curvature: 0 });
  return hypot(end.x - start.x, end.y - start.y) < 1;
}
