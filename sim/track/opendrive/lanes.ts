import { carsMayUse } from './access.ts';
import { type Fields, inOrder } from './fields.ts';
import { PiecewiseCubic } from './piecewise.ts';
import { attributeOf, childOf, childrenOf, type XmlElement } from './read-xml.ts';
import { type SpeedLimit, speedOf } from './speed.ts';

/** A change of a lane's outer marking. */
export interface RoadMark {
  /** From the start of the lane section [m]. */
  readonly start: number;
  /** As in the file: `solid`, `broken`, `solid solid`, `none`, … */
  readonly type: string;
  readonly colour: string;
  /** [m] */
  readonly width: number;
}

/** Which way a lane is driven, against what its side of the road says (OpenDRIVE 1.8, 11.1). */
export type LaneDirection = 'standard' | 'reversed' | 'both';

export interface Lane {
  /** Left of the centre positive, right negative; 0 is the centre itself. */
  readonly id: number;
  readonly type: string;
  readonly direction: LaneDirection;
  /** Whether cars may use it. */
  readonly forCars: boolean;
  /** Width [m], from the start of the section; absent when borders are given. */
  readonly width: PiecewiseCubic;
  /** Lateral offset of the outer border [m], from the start of the section; wins when there is no width. */
  readonly border: PiecewiseCubic;
  readonly marks: readonly RoadMark[];
  /** Limits of this lane, from the start of the section; they win over those of the road. */
  readonly speeds: readonly SpeedLimit[];
  /** Ids of the lanes in the section, or road, before and after. */
  readonly predecessors: readonly number[];
  readonly successors: readonly number[];
}

/** Lanes that stay the same lanes over a stretch of road. */
export interface LaneSection {
  /** [m] */
  readonly start: number;
  /** From the centre outwards. */
  readonly left: readonly Lane[];
  readonly right: readonly Lane[];
  readonly centre: Lane;
}

/** The first section may begin so far from the road's start [m]. */
const ROUNDING = 0.1;
/** Nobody drives a section that is shorter than this [m]. */
const SHORTEST = 1e-4;

/** @throws Refusal when there is no section, the first does not begin at 0, or lanes are missing or doubled */
export function readLaneSections(lanes: XmlElement, road: Fields, length: number): LaneSection[] {
  const elements = childrenOf(lanes, 'laneSection');
  if (elements.length === 0) throw road.refuse('it has no lane section', 'add one, or leave the road out');
  const fields = elements.map((element, i) => road.within(element, `lane section ${i}`));
  const started = inOrder(fields, 's');
  const [first] = started;
  if (first && Math.abs(first.start) > ROUNDING) {
    throw first.entry.refuse(`the first one begins at ${first.start}`, 'begin at 0');
  }
  const sections: LaneSection[] = [];
  started.forEach(({ start, entry }, i) => {
    if ((started[i + 1]?.start ?? length) - start < SHORTEST && started.length > 1) {
      entry.note('a lane section of no length, or behind the end of its road, is left out');
    } else {
      sections.push(readLaneSection(entry, sections.length === 0 ? 0 : start, sections[sections.length - 1]));
    }
  });
  if (sections.length === 0) throw road.refuse('no lane section begins before its end', 'mend s of the lane sections');
  noteLooseLanes(sections, road);
  return sections;
}

/** Tells of links to lanes that the section before or behind does not have: such a lane ends there. */
function noteLooseLanes(sections: readonly LaneSection[], road: Fields): void {
  const lanesOf = (section: LaneSection | undefined) => section && [...section.left, section.centre, ...section.right];
  sections.forEach((section, i) => {
    const before = lanesOf(sections[i - 1]);
    const behind = lanesOf(sections[i + 1]);
    for (const { id, predecessors, successors } of [...section.left, ...section.right]) {
      const isLoose = (to: number, there: Lane[] | undefined) =>
        there !== undefined && !there.some((lane) => lane.id === to);
      if (!predecessors.some((to) => isLoose(to, before)) && !successors.some((to) => isLoose(to, behind))) continue;
      road.within({}, `lane section ${i}: lane ${id}`).note('a link to a lane that is not there is taken as its end');
    }
  });
}

function readLaneSection(section: Fields, start: number, before: LaneSection | undefined): LaneSection {
  const { element } = section;
  const side = (name: 'left' | 'right') => readSide(childOf(element, name), section, name);
  const only = attributeOf(element, 'singleSide') === 'true';
  const left = side('left');
  const right = side('right');
  const centre = childrenOf(childOf(element, 'center'), 'lane')[0] ?? {};
  return {
    start,
    // A section for one side leaves the other as it was.
    left: only && left.length === 0 && before ? before.left : left,
    right: only && right.length === 0 && before ? before.right : right,
    centre: readLane(section.within({ ...centre, '@id': '0' }, 'lane 0')),
  };
}

function readSide(element: XmlElement, section: Fields, name: 'left' | 'right'): Lane[] {
  const sign = name === 'left' ? 1 : -1;
  const lanes = childrenOf(element, 'lane')
    .map((lane) => readLane(section.within(lane, `lane ${attributeOf(lane, 'id') ?? '?'}`)))
    .sort((a, b) => sign * (a.id - b.id));
  lanes.forEach((lane, i) => {
    if (lane.id !== sign * (i + 1)) {
      throw section.refuse(
        `on the ${name} is lane ${lane.id} where ${sign * (i + 1)} belongs`,
        'number lanes without gaps',
      );
    }
  });
  return lanes;
}

function readLane(fields: Fields): Lane {
  const { element } = fields;
  const entries = (name: string) => childrenOf(element, name).map((entry) => fields.within(entry, name));
  const link = childOf(element, 'link');
  const linked = (name: string) => childrenOf(link, name).map((target) => fields.within(target, name).number('id'));
  return {
    id: fields.number('id'),
    type: fields.optionalText('type') ?? 'none',
    direction: fields.oneOf('direction', ['standard', 'reversed', 'both'], 'standard'),
    forCars: carsMayUse(fields),
    width: PiecewiseCubic.read(entries('width'), 'sOffset'),
    border: PiecewiseCubic.read(entries('border'), 'sOffset'),
    marks: inOrder(entries('roadMark'), 'sOffset', 0).map(({ start, entry: mark }) => ({
      start,
      type: mark.optionalText('type') ?? 'none',
      colour: mark.optionalText('color') ?? 'standard',
      width: mark.number('width', 0.12),
    })),
    speeds: inOrder(entries('speed'), 'sOffset', 0).map(({ start, entry }) => ({ start, limit: speedOf(entry) })),
    predecessors: linked('predecessor'),
    successors: linked('successor'),
  };
}
