import { Refusal } from '../../refusal.ts';
import { Fields } from './fields.ts';
import { type Connection, type ReadRoads, readJunctions } from './junctions.ts';
import { type RoadEnds, withOpenEnds } from './links.ts';
import { Notes } from './notes.ts';
import { attributeOf, childOf, childrenOf, readXml, type XmlElement } from './read-xml.ts';
import { isPoint, type OpenDriveRoad, readEnds, readRoad } from './road.ts';

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
  const { roads, points } = readRoads(root, file, notes);
  const junctions = readJunctions(root, file, { roads, points }, notes);
  return { file, roads: withOpenEnds(roads, points, junctions, notes), junctions, notes: notes.lines() };
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
function readRoads(root: XmlElement, file: string, notes: Notes): ReadRoads {
  const points = new Map<string, RoadEnds>();
  const roads = new Map<string, OpenDriveRoad>();
  const ids = new Set<string | undefined>();
  let fault: Refusal | undefined;
  for (const element of childrenOf(root, 'road')) {
    const id = attributeOf(element, 'id');
    if (ids.has(id)) {
      throw new Refusal('bad-opendrive', file, `road ${id} is there twice`, 'give each road an id of its own');
    }
    ids.add(id);
    if (id !== undefined && isPoint(element)) {
      const fields = new Fields(element, file, `road ${id}`, notes);
      fields.note('a road of no length is left out, and those beside it are joined');
      points.set(id, readEnds(fields));
      continue;
    }
    try {
      const road = readRoad(element, file, notes);
      roads.set(road.id, road);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fault ??= error;
      notes.add('a broken road is left out', `${error.where.slice(file.length + 2)}: ${error.what}`);
    }
  }
  if (roads.size > 0) return { roads, points };
  throw fault ?? new Refusal('bad-opendrive', file, 'there is no road in it', 'give a file with at least one road');
}
