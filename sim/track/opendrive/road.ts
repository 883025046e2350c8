import type { ReferenceLine } from '../line/reference-line.ts';
import { Fields } from './fields.ts';
import { type Lane, type LaneSection, readLaneSections } from './lanes.ts';
import { PiecewiseCubic } from './piecewise.ts';
import { readPlanView } from './plan-view.ts';
import { childOf, childrenOf, type XmlElement } from './read-xml.ts';

/** What a road's end is joined to. */
export type RoadLink =
  | { readonly kind: 'road'; readonly id: string; readonly contact: 'start' | 'end' }
  | { readonly kind: 'junction'; readonly id: string };

/** One road of an OpenDRIVE network, as the file has it. */
export interface OpenDriveRoad {
  readonly id: string;
  readonly name: string;
  /** As the file claims, which agrees with the geometry [m]. */
  readonly length: number;
  /** Junction that it is part of, or `-1`. */
  readonly junction: string;
  readonly line: ReferenceLine;
  readonly elevation: PiecewiseCubic;
  readonly superelevation: PiecewiseCubic;
  readonly laneOffset: PiecewiseCubic;
  readonly sections: readonly LaneSection[];
  readonly predecessor: RoadLink | undefined;
  readonly successor: RoadLink | undefined;
  /** Greatest speed limit that is stated [m/s]. */
  readonly speedLimit: number | undefined;
}

/** A lane at a place. */
export interface LaneAt {
  readonly lane: Lane;
  /** Lateral offsets of the borders from the reference line, left positive [m]; inner is the one nearer the centre. */
  readonly inner: number;
  readonly outer: number;
}

/** @throws Refusal that names the road */
export function readRoad(element: XmlElement, file: string): OpenDriveRoad {
  const id = new Fields(element, `${file}: road`).text('id');
  const fields = new Fields(element, `${file}: road ${id}`);
  const line = readPlanView(childOf(element, 'planView'), fields);
  const length = fields.number('length');
  const profile = (parent: string, name: string) =>
    PiecewiseCubic.read(
      childrenOf(childOf(element, parent), name).map((entry, i) => new Fields(entry, `${fields.where}: ${name} ${i}`)),
      's',
    );
  const link = childOf(element, 'link');
  return {
    id,
    name: fields.optionalText('name') ?? '',
    length,
    junction: fields.optionalText('junction') ?? '-1',
    line,
    elevation: profile('elevationProfile', 'elevation'),
    superelevation: profile('lateralProfile', 'superelevation'),
    laneOffset: profile('lanes', 'laneOffset'),
    sections: readLaneSections(childOf(element, 'lanes'), fields, length),
    predecessor: readLink(link, 'predecessor', fields),
    successor: readLink(link, 'successor', fields),
    speedLimit: readSpeedLimit(element, fields),
  };
}

function readLink(link: XmlElement, name: 'predecessor' | 'successor', road: Fields): RoadLink | undefined {
  const element = childrenOf(link, name)[0];
  if (!element) return undefined;
  const fields = new Fields(element, `${road.where}: ${name}`);
  const id = fields.text('elementId');
  const kind = fields.text('elementType');
  if (kind === 'junction') return { kind, id };
  if (kind !== 'road') throw fields.refuse(`elementType is "${kind}"`, 'give road or junction');
  const contact = fields.text('contactPoint');
  if (contact !== 'start' && contact !== 'end') {
    throw fields.refuse(`contactPoint is "${contact}"`, 'give start or end');
  }
  return { kind, id, contact };
}

/** Metres a second of the units that OpenDRIVE knows. */
const SPEED_UNITS: Readonly<Record<string, number>> = { 'm/s': 1, 'km/h': 1 / 3.6, mph: 0.44704 };

function readSpeedLimit(element: XmlElement, road: Fields): number | undefined {
  let limit: number | undefined;
  for (const type of childrenOf(element, 'type')) {
    for (const speed of childrenOf(type, 'speed')) {
      const fields = new Fields(speed, `${road.where}: speed`);
      const max = Number(fields.optionalText('max'));
      const value = max * (SPEED_UNITS[fields.optionalText('unit') ?? 'm/s'] ?? Number.NaN);
      // `no limit` and `undefined` are allowed in the file and leave it to the driver.
      if (value > 0) limit = Math.max(limit ?? 0, value);
    }
  }
  return limit;
}

/** The lane section at `s` [m]. */
export function sectionAt(road: OpenDriveRoad, s: number): LaneSection {
  let found = road.sections[0]!;
  for (const section of road.sections) {
    if (section.start > s + 1e-9) break;
    found = section;
  }
  return found;
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
