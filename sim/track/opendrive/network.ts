import { hypot } from '../../maths/deterministic.ts';
import { Refusal } from '../../refusal.ts';
import { Fields } from './fields.ts';
import { Notes } from './notes.ts';
import { attributeOf, childOf, childrenOf, readXml, type XmlElement } from './read-xml.ts';
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
  /** What was tolerated or left out, one line a kind. */
  readonly notes: readonly string[];
}

/** Versions that are understood: 1.minor to this; those before 1.4 are read by its rules. */
const NEWEST_MINOR = 8;
const OLDER_MINOR = 4;

/**
 * Reads OpenDRIVE 1.0 to 1.8 (ASAM OpenDRIVE; before 1.6, VIRES Simulationstechnologie).
 * @param text contents of the file
 * @param file its name, for messages
 * @throws Refusal `bad-opendrive` that names road and reason
 */
export function readOpenDrive(text: string, file: string): OpenDriveNetwork {
  const document = readXml(text, file);
  const root = childrenOf(document, 'OpenDRIVE')[0];
  const refuse = (what: string, mend: string) => new Refusal('bad-opendrive', file, what, mend);
  if (!root) throw refuse('there is no <OpenDRIVE> in it', 'give an .xodr file');
  const notes = new Notes();
  checkVersion(childOf(root, 'header'), file, notes);
  const roads = readRoads(root, file, notes);
  const junctions = readJunctions(root, file, roads, notes);
  return { file, roads: withOpenEnds(roads, junctions, notes), junctions, notes: notes.lines() };
}

/** @throws Refusal for another version than those that are understood */
function checkVersion(header: XmlElement, file: string, notes: Notes): void {
  const [major, minor] = [attributeOf(header, 'revMajor'), attributeOf(header, 'revMinor')];
  if (major === undefined && minor === undefined) {
    notes.add('the header names no version, and the file is read as 1.4', 'header');
    return;
  }
  if (Number(major) !== 1 || !/^\d+$/.test(minor ?? '') || Number(minor) > NEWEST_MINOR) {
    const what = `its version is ${major ?? '?'}.${minor ?? '?'}`;
    throw new Refusal(
      'bad-opendrive',
      file,
      what,
      'give OpenDRIVE 1.0 to 1.8, with revMajor and revMinor in its header',
    );
  }
  if (Number(minor) < OLDER_MINOR) notes.add('the version is older than 1.4, and is read as 1.4', `1.${minor}`);
}

/**
 * The roads that can be read; the others are told.
 * @throws Refusal when there is none, or two with one id
 */
function readRoads(root: XmlElement, file: string, notes: Notes): Map<string, OpenDriveRoad> {
  const roads = new Map<string, OpenDriveRoad>();
  const ids = new Set<string | undefined>();
  let fault: Refusal | undefined;
  for (const element of childrenOf(root, 'road')) {
    const id = attributeOf(element, 'id');
    if (ids.has(id)) {
      throw new Refusal('bad-opendrive', file, `road ${id} is there twice`, 'give each road an id of its own');
    }
    ids.add(id);
    try {
      const road = readRoad(element, file, notes);
      roads.set(road.id, road);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fault ??= error;
      notes.add('a broken road is left out', `${error.where.slice(file.length + 2)}: ${error.what}`);
    }
  }
  if (roads.size > 0) return roads;
  throw fault ?? new Refusal('bad-opendrive', file, 'there is no road in it', 'give a file with at least one road');
}

function readJunctions(
  root: XmlElement,
  file: string,
  roads: ReadonlyMap<string, OpenDriveRoad>,
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
function readConnection(connection: Fields, roads: ReadonlyMap<string, OpenDriveRoad>): Connection[] {
  // Direct junctions (1.7) link the roads themselves; without either name nobody drives through.
  const next = ['connectingRoad', 'linkedRoad'].find((name) => connection.optionalText(name) !== undefined);
  const incomingRoad = connection.optionalText('incomingRoad');
  if (next === undefined || incomingRoad === undefined) return [];
  const connectingRoad = connection.text(next);
  if (!roads.has(connectingRoad) || !roads.has(incomingRoad)) {
    connection.note('a way through a junction by a road that is not there is left out');
    return [];
  }
  const contact = connection.oneOf('contactPoint', ['start', 'end'], 'start');
  const laneLinks = childrenOf(connection.element, 'laneLink').map((link) => {
    const laneLink = connection.within(link, 'laneLink');
    return { from: laneLink.number('from'), to: laneLink.number('to') };
  });
  return [{ incomingRoad, connectingRoad, contact, laneLinks }];
}

/** The roads without the links that lead to what is not there. Whether the ends meet matters to those who drive there. */
function withOpenEnds(
  roads: ReadonlyMap<string, OpenDriveRoad>,
  junctions: ReadonlyMap<string, unknown>,
  notes: Notes,
): Map<string, OpenDriveRoad> {
  const checked = (road: OpenDriveRoad, name: 'predecessor' | 'successor') => {
    const link = road[name];
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
