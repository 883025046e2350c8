import { atan2, hypot } from '../../maths/deterministic.ts';
import { CubicCurve } from '../line/cubic.ts';
import { clothoid, endOf, type PlanElement, type PlanPoint } from '../line/element.ts';
import { ReferenceLine } from '../line/reference-line.ts';
import { type Fields, inOrder, type Started } from './fields.ts';
import { childrenOf, type XmlElement } from './read-xml.ts';

/** Exporters round: lengths may be off, and pieces may miss each other, by so much [m], */
const ROUNDING = 0.1 + 1e-6;
/** … and lengths by this share too. */
const ROUNDED_SHARE = 1e-3;
/** What is nearer than this goes without saying [m]. */
const UNTOLD = 0.01;
/** Lengths that differ by less than this are the same [m]. */
const SAME = 1e-3;
/** Nobody drives a piece that is shorter than this [m]. */
export const SHORTEST = 1e-4;
/** A curve may be longer or shorter than its stated length by this share. */
const STRETCH = 0.1;
const LONGEST = 1e6;
const FARTHEST = 1e8;

/**
 * The reference line of a road, as long as the road says that it is. Pieces of no length are left out; lengths that are
 * rounded are brought to where the next piece begins.
 * @param planView the element of that name
 * @param road the road's own attributes
 * @throws Refusal for lengths that are not positive, pieces that do not join, and kinds of geometry it does not know
 */
export function readPlanView(planView: XmlElement, road: Fields): ReferenceLine {
  const length = positiveLength(road, road.number('length'));
  const all = inOrder(
    childrenOf(planView, 'geometry').map((element, i) => road.within(element, `geometry ${i}`)),
    's',
  );
  if (all.length === 0) throw road.refuse('its planView has no geometry', 'add one, or leave the road out');
  const geometries = all.filter(({ entry }) => {
    if (Math.abs(entry.number('length')) >= SHORTEST) return true;
    entry.note('a piece of no length is left out');
    return false;
  });
  if (geometries.length === 0) throw road.refuse('its pieces are of no length', 'leave the road out');
  const elements: PlanElement[] = [];
  geometries.forEach(({ start, entry }, i) => {
    if (i === 0 && Math.abs(start) > ROUNDING) {
      throw entry.refuse(`it begins at s = ${start}, where the road begins at 0`, 'mend s');
    }
    const pieces = readGeometry(entry);
    if (elements.length > 0) checkJoint(elements, pieces, entry);
    elements.push(
      ...broughtTo(i === 0 ? 0 : start, pieces, entry, geometries[i + 1] ?? { start: length, entry: road }, road),
    );
  });
  return new ReferenceLine(elements, false);
}

/** @throws Refusal when there is a hole */
function checkJoint(before: readonly PlanElement[], after: readonly PlanElement[], geometry: Fields): void {
  const end = endOf(before);
  const start: PlanPoint = { x: 0, y: 0, heading: 0, curvature: 0 };
  after[0]!.evaluate(0, start);
  const gap = hypot(start.x - end.x, start.y - end.y);
  if (gap > ROUNDING) throw geometry.refuse(`there is a gap of ${gap.toFixed(3)} m before it`, 'mend x, y or hdg');
  if (gap > UNTOLD) geometry.note(`gaps of up to ${ROUNDING.toFixed(1)} m between pieces are driven over`);
}

/**
 * The elements of a piece with the length that lies between its start and what comes after it.
 * @param after the piece behind it, or the end of the road, where it is the last
 * @throws Refusal when the two differ by more than rounding
 */
function broughtTo(
  start: number,
  pieces: readonly PlanElement[],
  geometry: Fields,
  after: Started,
  road: Fields,
): PlanElement[] {
  const own = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const room = after.start - start;
  const error = Math.abs(room - own);
  if (error > Math.max(ROUNDING, ROUNDED_SHARE * own) || !(room > 0)) {
    const end = (start + own).toFixed(3);
    throw after.entry !== road
      ? after.entry.refuse(`it begins at s = ${after.start}, but the pieces before end at ${end}`, 'mend s or length')
      : after.entry.refuse(
          `its length is ${after.start}, but its geometry is ${end} m long`,
          `write length="${end}", or mend the geometry`,
        );
  }
  if (error < SAME) return [...pieces];
  if (error > UNTOLD) geometry.note(`lengths that are off by up to ${ROUNDING.toFixed(1)} m or 0.1 % are evened out`);
  return pieces.map((piece) => stretched(piece, (piece.length * room) / own));
}

/** The element, measured as if it were of another length. */
function stretched(element: PlanElement, length: number): PlanElement {
  return { length, evaluate: (d, out) => element.evaluate((d * element.length) / length, out) };
}

function positiveLength(fields: Fields, length: number): number {
  if (!(length > 0)) throw fields.refuse(`the length is ${length}`, 'give a positive length');
  if (length > LONGEST) throw fields.refuse(`the length is ${length}`, 'cut it into roads of less than 1000 km');
  return length;
}

const SHAPES = ['line', 'arc', 'spiral', 'poly3', 'paramPoly3'] as const;

function readGeometry(geometry: Fields): PlanElement[] {
  const length = positiveLength(geometry, geometry.number('length'));
  const start = {
    x: geometry.number('x'),
    y: geometry.number('y'),
    heading: geometry.number('hdg'),
    curvature: 0,
  };
  if (Math.abs(start.x) > FARTHEST || Math.abs(start.y) > FARTHEST) {
    throw geometry.refuse(`it begins at (${start.x}, ${start.y})`, 'move the roads near the origin');
  }
  const shapes = SHAPES.filter((name) => childrenOf(geometry.element, name).length > 0);
  const [kind] = shapes;
  if (kind === undefined) throw geometry.refuse(`it has no ${SHAPES.join(', ')}`, 'use one of these');
  if (shapes.length > 1) throw geometry.refuse(`it is both ${shapes.join(' and ')}`, 'keep one of them');
  const shape = geometry.within(childrenOf(geometry.element, kind)[0]!, kind);
  switch (kind) {
    case 'line':
      return clothoid(start, 0, length);
    case 'arc': {
      const curvature = curvatureOf(shape, 'curvature');
      return clothoid({ ...start, curvature }, curvature, length);
    }
    case 'spiral': {
      const curvature = curvatureOf(shape, 'curvStart');
      return clothoid({ ...start, curvature }, curvatureOf(shape, 'curvEnd'), length);
    }
    case 'poly3':
      return [readPoly3(shape, start, length)];
    case 'paramPoly3':
      return [readParamPoly3(shape, start, length)];
  }
}

function curvatureOf(fields: Fields, name: string): number {
  const curvature = fields.number(name);
  if (Math.abs(curvature) > 10) throw fields.refuse(`${name} is ${curvature}`, 'give a radius of 0.1 m or more');
  return curvature;
}

/** v is a polynomial of u, and the length is measured along the curve: how far u goes must be found. */
function readPoly3(fields: Fields, start: PlanPoint, length: number): PlanElement {
  const v = fields.cubic(['a', 'b', 'c', 'd']);
  let last = length;
  for (let i = 0; i < 50; i++) {
    const error = new CubicCurve(start, [0, 1, 0, 0], v, last).ownLength - length;
    if (Math.abs(error) < 1e-10) break;
    const slope = v[1] + last * (2 * v[2] + 3 * last * v[3]);
    last = Math.max(last / 2, last - error / hypot(1, slope));
  }
  return new CubicCurve(start, [0, 1, 0, 0], v, last, length);
}

function readParamPoly3(fields: Fields, start: PlanPoint, length: number): PlanElement {
  const u = fields.cubic(['aU', 'bU', 'cU', 'dU']);
  const v = fields.cubic(['aV', 'bV', 'cV', 'dV']);
  const range = fields.oneOf('pRange', ['arcLength', 'normalized'], 'normalized');
  const curve = new CubicCurve(start, u, v, range === 'arcLength' ? length : 1, length);
  const stretch = curve.ownLength / length;
  if (!(Math.abs(stretch - 1) < STRETCH)) {
    throw fields.refuse(
      `the curve is ${curve.ownLength.toFixed(2)} m long, not ${length.toFixed(2)} m`,
      'mend length or pRange',
    );
  }
  if (Math.abs(curve.ownLength - length) > ROUNDING) {
    fields.note(`curves whose length is off by up to ${100 * STRETCH} % are stretched to what it says`);
  }
  if (Math.abs(atan2(v[1], u[1])) > 0.5) throw fields.refuse('it does not set out along hdg', 'mend bU and bV');
  return curve;
}
