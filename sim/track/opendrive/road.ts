import type { ReferenceLine } from '../line/reference-line.ts';
import { Fields, inOrder } from './fields.ts';
import { type Lane, type LaneSection, readLaneSections } from './lanes.ts';
import type { Notes } from './notes.ts';
import { PiecewiseCubic } from './piecewise.ts';
import { readPlanView, SHORTEST } from './plan-view.ts';
import { attributeOf, childOf, childrenOf, type XmlElement } from './read-xml.ts';
import { type SpeedLimit, speedOf } from './speed.ts';

/** What a road's end is joined to. */
export type RoadLink =
  | { readonly kind: 'road'; readonly id: string; readonly contact: 'start' | 'end' }
  | { readonly kind: 'junction'; readonly id: string };

/** One road of an OpenDRIVE network, as the file has it. */
export interface OpenDriveRoad {
  readonly id: string;
  readonly name: string;
  /** As the file claims, to which the geometry is brought [m]. */
  readonly length: number;
  /** Junction that it is part of, or `-1`. */
  readonly junction: string;
  /** Whether traffic keeps to the right or to the left. */
  readonly rule: 'RHT' | 'LHT';
  readonly line: ReferenceLine;
  readonly elevation: PiecewiseCubic;
  readonly superelevation: PiecewiseCubic;
  readonly laneOffset: PiecewiseCubic;
  readonly sections: readonly LaneSection[];
  readonly predecessor: RoadLink | undefined;
  readonly successor: RoadLink | undefined;
  /** Limits of the whole road, from a place of it on. */
  readonly speeds: readonly SpeedLimit[];
}

/** A road without length may have this one all the same [m]. */
const LONGEST_POINT = 0.11;

/** A lane at a place. */
export interface LaneAt {
  readonly lane: Lane;
  /** Lateral offsets of the borders from the reference line, left positive [m]; inner is the one nearer the centre. */
  readonly inner: number;
  readonly outer: number;
}

/** @throws Refusal that names the road */
export function readRoad(element: XmlElement, file: string, notes: Notes): OpenDriveRoad {
  const id = new Fields(element, file, 'road', notes).text('id');
  const fields = new Fields(element, file, `road ${id}`, notes);
  const line = readPlanView(childOf(element, 'planView'), fields);
  const length = fields.number('length');
  const profile = (parent: string, name: string) =>
    PiecewiseCubic.read(
      childrenOf(childOf(element, parent), name).map((entry, i) => fields.within(entry, `${name} ${i}`)),
      's',
    );
  for (const name of ['crossfall', 'shape']) {
    if (childrenOf(childOf(element, 'lateralProfile'), name).length > 0) fields.note(`a road's ${name} is left out`);
  }
  return {
    id,
    name: fields.optionalText('name') ?? '',
    length,
    junction: fields.optionalText('junction') ?? '-1',
    rule: fields.oneOf('rule', ['RHT', 'LHT'], 'RHT'),
    line,
    elevation: profile('elevationProfile', 'elevation'),
    superelevation: profile('lateralProfile', 'superelevation'),
    laneOffset: profile('lanes', 'laneOffset'),
    sections: readLaneSections(childOf(element, 'lanes'), fields, length),
    ...readEnds(fields),
    speeds: readSpeedLimits(element, fields),
  };
}

/** Whether nobody can drive on the road, because all of it is in one place. */
export function isPoint(road: XmlElement): boolean {
  const lengths = childrenOf(childOf(road, 'planView'), 'geometry').map((piece) => attributeOf(piece, 'length'));
  return Number(attributeOf(road, 'length')) < LONGEST_POINT && lengths.length > 0 && lengths.every(isNothing);
}

function isNothing(length: string | undefined): boolean {
  return length !== undefined && length !== '' && Math.abs(Number(length)) < SHORTEST;
}

/** What a road's two ends are joined to, as it stands. */
export function readEnds(road: Fields): Pick<OpenDriveRoad, 'predecessor' | 'successor'> {
  const link = childOf(road.element, 'link');
  return { predecessor: readLink(link, 'predecessor', road), successor: readLink(link, 'successor', road) };
}

/** A link as it stands; one that does not say where it leads is an open end. */
function readLink(link: XmlElement, name: 'predecessor' | 'successor', road: Fields): RoadLink | undefined {
  const element = childrenOf(link, name)[0];
  if (!element) return undefined;
  const fields = road.within(element, name);
  const [id, kind, contact] = ['elementId', 'elementType', 'contactPoint'].map((field) => fields.optionalText(field));
  if (id !== undefined && kind === 'junction') return { kind, id };
  if (id !== undefined && kind === 'road' && (contact === 'start' || contact === 'end')) return { kind, id, contact };
  const missing = id === undefined ? 'elementId' : kind !== 'road' ? 'elementType' : 'contactPoint';
  fields.note(`a link has no known ${missing}, and is taken as an open end`);
  return undefined;
}

/** The limits of the road's types, each from its start on. */
function readSpeedLimits(element: XmlElement, road: Fields): SpeedLimit[] {
  const types = childrenOf(element, 'type').map((type, i) => road.within(type, `type ${i}`));
  return inOrder(types, 's', 0).map(({ start, entry }) => {
    const speed = childrenOf(entry.element, 'speed')[0];
    return { start, limit: speed && speedOf(entry.within(speed, 'speed')) };
  });
}

/** The lane section at `s` [m]. */
export function sectionAt(road: OpenDriveRoad, s: number): LaneSection {
  return road.sections[sectionNumberAt(road, s)]!;
}

/** Its number among the road's sections. */
export function sectionNumberAt({ sections }: OpenDriveRoad, s: number): number {
  return Math.max(
    0,
    sections.findLastIndex(({ start }) => start <= s + 1e-9),
  );
}

/** All lanes at `s`, from right to left, the centre lane among them with a width of zero. */
export function lanesAt(road: OpenDriveRoad, s: number): LaneAt[] {
  const section = sectionAt(road, s);
  const centre = road.laneOffset.valueAt(s);
  const lanes: LaneAt[] = [{ lane: section.centre, inner: centre, outer: centre }];
  for (const [side, sign] of [
    [section.left, 1],
    [section.right, -1],
  ] as const) {
    let inner = centre;
    for (const lane of side) {
      const u = s - section.start;
      const byBorder = lane.width.isEmpty && !lane.border.isEmpty;
      const outer = byBorder ? centre + lane.border.valueAt(u) : inner + sign * lane.width.valueAt(u);
      lanes.push({ lane, inner, outer });
      inner = outer;
    }
  }
  return lanes.sort((a, b) => a.lane.id - b.lane.id);
}
