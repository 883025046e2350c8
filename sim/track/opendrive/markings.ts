import type { MarkingSamples } from '../sampled-road.ts';
import type { RoadMark } from './lanes.ts';
import { type LaneAt, type OpenDriveRoad, sectionAt } from './road.ts';

/** Border lines on each side of the driven lane that are carried along. */
const LINES = 3;

/** A painted line beside the driven lane. */
export interface PaintedLine {
  readonly offset: number;
  readonly mark: RoadMark;
}

/**
 * The lines on the borders of a road's lanes.
 * @param lanes all of them, from right to left
 * @param sign 1 where the road is driven along its s, else -1
 */
export function paintedLines(
  road: OpenDriveRoad,
  s: number,
  lanes: readonly LaneAt[],
  driven: LaneAt,
  sign: 1 | -1,
): Map<number, PaintedLine> {
  const middle = (driven.inner + driven.outer) / 2;
  const u = s - sectionAt(road, s).start;
  const lines = new Map<number, PaintedLine>();
  // The borders of all lanes from right to left as the leg is driven; those of the driven lane are number 0 and 1.
  const borders = lanes.map((at) => ({ at, offset: sign * (at.outer - middle) })).sort((a, b) => a.offset - b.offset);
  const outer = borders.findIndex(({ at }) => at.lane === driven.lane);
  const right = sign * (driven.outer - driven.inner) < 0 ? outer : outer - 1;
  borders.forEach(({ at, offset }, i) => {
    const place = i - right;
    if (place < -LINES || place > LINES + 1) return;
    const mark = at.lane.marks.filter(({ start }) => start <= u + 1e-9).at(-1);
    if (mark && mark.type !== 'none') lines.set(place, { offset, mark });
  });
  return lines;
}

/** One marking for each place and look that occurs on the route. */
export function markingsOf(samples: readonly { readonly lines: ReadonlyMap<number, PaintedLine> }[]): MarkingSamples[] {
  const found = new Map<string, { place: number; line: PaintedLine }>();
  const lookOf = (place: number, { mark }: PaintedLine): string => `${place} ${styleOf(mark)} ${mark.colour}`;
  for (const { lines } of samples) {
    for (const [place, line] of lines) {
      const look = lookOf(place, line);
      if (!found.has(look)) found.set(look, { place, line });
    }
  }
  return [...found.entries()].map(([look, { place, line }]) => ({
    style: styleOf(line.mark),
    colour: line.mark.colour === 'yellow' ? 'yellow' : 'white',
    width: Math.min(0.5, Math.max(0.08, line.mark.width)),
    offsets: samples.map(({ lines }) => {
      const there = lines.get(place);
      return there && lookOf(place, there) === look ? there.offset : Number.NaN;
    }),
  }));
}

function styleOf({ type }: RoadMark): MarkingSamples['style'] {
  if (type === 'solid solid') return 'double-solid';
  return type.startsWith('broken') || type === 'botts dots' ? 'dashed' : 'solid';
}
