import { cos, hypot, sin } from '../../maths/deterministic.ts';
import type { RandomStream } from '../../random/stream.ts';
import { type Corner, roundCorners, tangentLength, turningAt } from '../line/corner.ts';
import { ReferenceLine } from '../line/reference-line.ts';
import { keepsClear } from './clearance.ts';

/** What the shape of a closed road looks like. */
export interface LoopShape {
  /** Wanted length [m]; the road comes out within about a fifth of it. */
  readonly length: number;
  /** Smallest and largest radius of the bends' arcs [m]. */
  readonly minimumRadius: number;
  readonly maximumRadius: number;
  /** Corners of the polygon that the growth begins with, at least 3. */
  readonly corners: number;
  /** Share of the length that the polygon has before it grows, in (0, 1): the nearer to 1, the rounder the road. */
  readonly roundness: number;
  /** Length of the longer axis over the shorter one's, 1 or more. */
  readonly elongation: number;
  /** Largest sideways displacement of a new corner over the length of its edge. */
  readonly winding: number;
  /** Share of the room between two corners that their bends take, from and to, in (0, 1]. */
  readonly fill: readonly [number, number];
  /** Share of a bend's turning that its clothoids take, in (0, 1]. */
  readonly easing: number;
  /** Least length of a bend with its clothoids [m]. */
  readonly shortestBend: number;
  /** Largest turning of one bend [rad]. */
  readonly sharpest: number;
  /** Least distance between parts of the road that do not follow each other [m]. */
  readonly clearance: number;
}

interface Vertex {
  readonly x: number;
  readonly y: number;
}

const ATTEMPTS = 400;
const MUTATIONS = 300;
/** What a bend claims of an edge beyond its share of the turning, so that gentle bends come out long. */
const GENTLE_CLAIM = 0.35;

/**
 * A closed, smooth road line that does not meet itself: a polygon grows by pushing edges in and out until it is long
 * enough, then its corners are rounded.
 * @throws Error when the shape asks for what does not fit together, which no built-in family does
 */
export function growLoop(shape: LoopShape, stream: RandomStream): ReferenceLine {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const chance = stream.fork(`attempt ${attempt}`);
    const polygon = growPolygon(shape, chance);
    if (!polygon) continue;
    const elements = roundCorners(chooseRadii(polygon, shape, chance));
    if (!elements) continue;
    const line = new ReferenceLine(elements, true);
    if (Math.abs(line.length / shape.length - 1) < 0.25 && keepsClear(line, shape.clearance)) return line;
  }
  throw new Error(`no loop of ${shape.length} m with bends from ${shape.minimumRadius} m was found`);
}

function growPolygon(shape: LoopShape, chance: RandomStream): Vertex[] | null {
  let polygon = startPolygon(shape, chance);
  if (!isFeasible(polygon, shape)) return null;
  // Rounded corners are shorter than the polygon by about a tenth.
  const target = shape.length * 1.08;
  for (let i = 0; i < MUTATIONS && perimeter(polygon) < target; i++) {
    const candidate = pushEdge(polygon, shape, chance);
    if (perimeter(candidate) < target * 1.1 && isFeasible(candidate, shape)) polygon = candidate;
  }
  return polygon;
}

/** An irregular polygon around an ellipse, counter-clockwise or clockwise, turned at random. */
function startPolygon(shape: LoopShape, chance: RandomStream): Vertex[] {
  const radius = (shape.roundness * shape.length) / (2 * Math.PI);
  const wide = radius * Math.sqrt(shape.elongation);
  const high = radius / Math.sqrt(shape.elongation);
  const turn = chance.uniform(0, 2 * Math.PI);
  const hand = chance.uniform() < 0.5 ? 1 : -1;
  const vertices: Vertex[] = [];
  for (let i = 0; i < shape.corners; i++) {
    const angle = (2 * Math.PI * (i + chance.uniform(-0.15, 0.15))) / shape.corners;
    const reach = chance.uniform(0.85, 1.15);
    const u = wide * reach * cos(angle);
    const v = hand * high * reach * sin(angle);
    vertices.push({ x: u * cos(turn) - v * sin(turn), y: u * sin(turn) + v * cos(turn) });
  }
  return vertices;
}

/** The polygon with a new corner in one of its edges, the longer ones more often. */
function pushEdge(polygon: readonly Vertex[], shape: LoopShape, chance: RandomStream): Vertex[] {
  let pick = chance.uniform(0, perimeter(polygon));
  let index = 0;
  for (; index < polygon.length - 1; index++) {
    pick -= edgeLength(polygon, index);
    if (pick < 0) break;
  }
  const from = polygon[index]!;
  const to = polygon[(index + 1) % polygon.length]!;
  const share = chance.uniform(0.3, 0.7);
  const push = shape.winding * chance.uniform(-1, 1);
  const corner = {
    x: from.x + share * (to.x - from.x) - push * (to.y - from.y),
    y: from.y + share * (to.y - from.y) + push * (to.x - from.x),
  };
  return [...polygon.slice(0, index + 1), corner, ...polygon.slice(index + 1)];
}

/** Whether every corner can be rounded with the smallest radius, and no two edges come near each other. */
function isFeasible(polygon: readonly Vertex[], shape: LoopShape): boolean {
  const count = polygon.length;
  for (let i = 0; i < count; i++) if (Math.abs(turningAt(polygon, i)) > shape.sharpest) return false;
  const largest = largestRadii(polygon, shape);
  for (let i = 0; i < count; i++) {
    if (largest[i]! * shape.fill[1] < smallestRadius(turningAt(polygon, i), shape)) return false;
  }
  for (let i = 0; i < count; i++) {
    for (let j = i + 2; j < count; j++) {
      if (i === 0 && j === count - 1) continue;
      if (edgeDistance(polygon, i, j) < shape.clearance) return false;
    }
  }
  return true;
}

function chooseRadii(polygon: readonly Vertex[], shape: LoopShape, chance: RandomStream): Corner[] {
  const largest = largestRadii(polygon, shape);
  return polygon.map((vertex, i) => {
    const smallest = smallestRadius(turningAt(polygon, i), shape);
    const wanted = Math.min(shape.maximumRadius, largest[i]! * chance.uniform(shape.fill[0], shape.fill[1]));
    return { ...vertex, radius: Math.max(smallest, wanted), easing: shape.easing };
  });
}

/** A gentle bend must not be a kink: its radius is at least what makes it as long as the shortest bend. */
function smallestRadius(turning: number, shape: LoopShape): number {
  return Math.max(shape.minimumRadius, shape.shortestBend / (Math.abs(turning) * (1 + shape.easing) + 1e-9));
}

/** Radius at each corner at which its bend touches its neighbours' [m]. An edge is shared between the bends at its ends. */
function largestRadii(polygon: readonly Vertex[], shape: LoopShape): number[] {
  const count = polygon.length;
  const units = polygon.map((_, i) => Math.max(1e-6, tangentLength(turningAt(polygon, i), shape.easing)));
  const claim = (i: number, neighbour: number): number =>
    (units[i]! + GENTLE_CLAIM) / (units[i]! + units[neighbour]! + 2 * GENTLE_CLAIM);
  return polygon.map((_, i) => {
    const before = (i + count - 1) % count;
    const after = (i + 1) % count;
    const room = Math.min(edgeLength(polygon, before) * claim(i, before), edgeLength(polygon, i) * claim(i, after));
    return room / units[i]!;
  });
}

function edgeLength(polygon: readonly Vertex[], i: number): number {
  const from = polygon[i]!;
  const to = polygon[(i + 1) % polygon.length]!;
  return hypot(to.x - from.x, to.y - from.y);
}

function perimeter(polygon: readonly Vertex[]): number {
  let sum = 0;
  for (let i = 0; i < polygon.length; i++) sum += edgeLength(polygon, i);
  return sum;
}

/** Least distance between two edges; 0 when they cross. */
function edgeDistance(polygon: readonly Vertex[], i: number, j: number): number {
  const [a, b] = [polygon[i]!, polygon[(i + 1) % polygon.length]!];
  const [c, d] = [polygon[j]!, polygon[(j + 1) % polygon.length]!];
  const apart = side(a, b, c) * side(a, b, d) > 0 || side(c, d, a) * side(c, d, b) > 0;
  if (!apart) return 0;
  return Math.min(toSegment(a, c, d), toSegment(b, c, d), toSegment(c, a, b), toSegment(d, a, b));
}

function side(a: Vertex, b: Vertex, p: Vertex): number {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

function toSegment(p: Vertex, a: Vertex, b: Vertex): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy);
  const share = Math.min(1, Math.max(0, along));
  return hypot(p.x - a.x - share * dx, p.y - a.y - share * dy);
}
