import { cos, hypot, sin } from '../../maths/deterministic.ts';
import type { RandomStream } from '../../random/stream.ts';
import { roundCorners, tangentLength, turningAt } from '../line/corner.ts';
import { ReferenceLine } from '../line/reference-line.ts';
import { keepsClear } from './clearance.ts';

/** A way around blocks of houses. */
export interface BlockShape {
  /** Blocks that the loop goes around. */
  readonly blocks: number;
  /** Length of a block's side, from and to [m]. */
  readonly side: readonly [number, number];
  /** Smallest and largest radius at the corners [m]. */
  readonly radius: readonly [number, number];
  /** How far a crossing lies off the grid, over the block's side. */
  readonly skew: number;
  readonly clearance: number;
}

interface Cell {
  readonly column: number;
  readonly row: number;
}

const ATTEMPTS = 400;
const EASING = 0.3;
const NEIGHBOURS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** A closed street line along the outline of a cluster of blocks in a grid that is a little askew. */
export function growBlockLoop(shape: BlockShape, stream: RandomStream): ReferenceLine {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const chance = stream.fork(`attempt ${attempt}`);
    const outline = outlineOf(growCluster(shape.blocks, chance));
    if (!outline) continue;
    const [width, depth] = [chance.uniform(...shape.side), chance.uniform(...shape.side)];
    const turn = chance.uniform(0, 2 * Math.PI);
    const corners = outline.map(({ column, row }) => {
      const u = (column + shape.skew * chance.uniform(-1, 1)) * width;
      const v = (row + shape.skew * chance.uniform(-1, 1)) * depth;
      return { x: u * cos(turn) - v * sin(turn), y: u * sin(turn) + v * cos(turn) };
    });
    const directed = chance.uniform() < 0.5 ? corners : corners.reverse();
    const elements = roundCorners(
      directed.map((corner, i) => {
        const previous = directed[(i + directed.length - 1) % directed.length]!;
        const next = directed[(i + 1) % directed.length]!;
        const room = Math.min(
          hypot(previous.x - corner.x, previous.y - corner.y),
          hypot(next.x - corner.x, next.y - corner.y),
        );
        const largest = (0.45 * room) / tangentLength(turningAt(directed, i), EASING);
        return { ...corner, radius: Math.min(largest, chance.uniform(...shape.radius)), easing: EASING };
      }),
    );
    if (!elements) continue;
    const line = new ReferenceLine(elements, true);
    if (keepsClear(line, shape.clearance)) return line;
  }
  throw new Error(`no way around ${shape.blocks} blocks was found`);
}

/** Blocks that hang together, grown from one. */
function growCluster(count: number, chance: RandomStream): Cell[] {
  const cells: Cell[] = [{ column: 0, row: 0 }];
  while (cells.length < count) {
    const from = chance.pick(cells);
    const [dx, dy] = chance.pick(NEIGHBOURS);
    const cell = { column: from.column + dx, row: from.row + dy };
    if (!has(cells, cell.column, cell.row)) cells.push(cell);
  }
  return cells;
}

function has(cells: readonly Cell[], column: number, row: number): boolean {
  return cells.some((cell) => cell.column === column && cell.row === row);
}

/**
 * Corners of the cluster's outline, counter-clockwise.
 * @returns null when the cluster has holes or touches itself at a corner
 */
function outlineOf(cells: readonly Cell[]): Cell[] | null {
  // Each free side of a block is an edge that keeps the block on its left.
  const next = new Map<string, Cell>();
  const key = ({ column, row }: Cell): string => `${column},${row}`;
  for (const { column, row } of cells) {
    const sides: [Cell, Cell, boolean][] = [
      [{ column, row }, { column: column + 1, row }, has(cells, column, row - 1)],
      [{ column: column + 1, row }, { column: column + 1, row: row + 1 }, has(cells, column + 1, row)],
      [{ column: column + 1, row: row + 1 }, { column, row: row + 1 }, has(cells, column, row + 1)],
      [{ column, row: row + 1 }, { column, row }, has(cells, column - 1, row)],
    ];
    for (const [from, to, inner] of sides) {
      if (inner) continue;
      if (next.has(key(from))) return null;
      next.set(key(from), to);
    }
  }
  const start = cells.reduce((a, b) => (b.row < a.row || (b.row === a.row && b.column < a.column) ? b : a));
  const corners: Cell[] = [];
  let from: Cell = start;
  let walked = 0;
  do {
    const here = next.get(key(from))!;
    const ahead = next.get(key(here))!;
    const straight =
      here.column - from.column === ahead.column - here.column && here.row - from.row === ahead.row - here.row;
    if (!straight) corners.push(here);
    from = here;
    walked++;
  } while (key(from) !== key(start));
  // Edges that were not walked along surround a hole.
  return walked === next.size ? corners : null;
}
