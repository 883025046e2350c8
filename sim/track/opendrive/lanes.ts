import { Fields } from './fields.ts';
import { PiecewiseCubic } from './piecewise.ts';
import { attributeOf, childOf, childrenOf, type XmlElement } from './read-xml.ts';

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

export interface Lane {
  /** Left of the centre positive, right negative; 0 is the centre itself. */
  readonly id: number;
  readonly type: string;
  /** Width [m], from the start of the section; absent when borders are given. */
  readonly width: PiecewiseCubic;
  /** Lateral offset of the outer border [m], from the start of the section; wins when there is no width. */
  readonly border: PiecewiseCubic;
  readonly marks: readonly RoadMark[];
  /** Lane ids in the section, or road, before and after. */
  readonly predecessor: number | undefined;
  readonly successor: number | undefined;
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

/** @throws Refusal when sections go backwards, or lanes are missing or doubled */
export function readLaneSections(lanes: XmlElement, road: Fields, length: number): LaneSection[] {
  const elements = childrenOf(lanes, 'laneSection');
  if (elements.length === 0) throw road.refuse('it has no lane section', 'add one, or leave the road out');
  const sections: LaneSection[] = [];
  elements.forEach((element, i) => {
    const section = new Fields(element, `${road.where}: lane section ${i}`);
    const start = section.number('s');
    const before = sections[sections.length - 1];
    if (i === 0 && Math.abs(start) > 0.01) throw section.refuse(`the first one begins at ${start}`, 'begin at 0');
    if (before && start < before.start)
      throw section.refuse(`s is ${start} after ${before.start}`, 'sort the sections');
    if (start > length + 0.01) throw section.refuse(`s is ${start}, beyond the road's ${length} m`, 'mend s');
    const side = (name: 'left' | 'right') => readSide(childOf(element, name), section, name);
    const only = attributeOf(element, 'singleSide') === 'true';
    const left = side('left');
    const right = side('right');
    const centre = childrenOf(childOf(element, 'center'), 'lane')[0] ?? {};
    sections.push({
      start,
      // A section for one side leaves the other as it was.
      left: only && left.length === 0 && before ? before.left : left,
      right: only && right.length === 0 && before ? before.right : right,
      centre: readLane(new Fields({ ...centre, '@id': '0' }, `${section.where}: lane 0`)),
    });
  });
  return sections;
}

function readSide(element: XmlElement, section: Fields, name: 'left' | 'right'): Lane[] {
  const sign = name === 'left' ? 1 : -1;
  const lanes = childrenOf(element, 'lane')
    .map((lane) => readLane(new Fields(lane, `${section.where}: lane ${attributeOf(lane, 'id') ?? '?'}`)))
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
  const entries = (name: string) =>
    childrenOf(element, name).map((entry) => new Fields(entry, `${fields.where}: ${name}`));
  const link = childOf(element, 'link');
  const linked = (name: string): number | undefined => {
    const target = childrenOf(link, name)[0];
    return target && new Fields(target, `${fields.where}: ${name}`).number('id');
  };
  return {
    id: fields.number('id'),
    type: fields.optionalText('type') ?? 'none',
    width: PiecewiseCubic.read(entries('width'), 'sOffset'),
    border: PiecewiseCubic.read(entries('border'), 'sOffset'),
    marks: entries('roadMark').map((mark) => ({
      start: mark.number('sOffset', 0),
      type: mark.optionalText('type') ?? 'none',
      colour: mark.optionalText('color') ?? 'standard',
      width: mark.number('width', 0.12),
    })),
    predecessor: linked('predecessor'),
    successor: linked('successor'),
  };
}
