import { atan2, hypot } from '../../maths/deterministic.ts';
import { CubicCurve } from '../line/cubic.ts';
import { clothoid, endOf, type PlanElement, type PlanPoint } from '../line/element.ts';
import { ReferenceLine } from '../line/reference-line.ts';
import { Fields } from './fields.ts';
import { childrenOf, type XmlElement } from './read-xml.ts';

/** Exporters round; more than this between the end of one piece and the start of the next is a hole [m]. */
const GAP = 0.05;
/** The road's length may differ from the sum of its pieces by this [m]. */
const LENGTH_ERROR = 0.05;
const LONGEST = 1e6;
const FARTHEST = 1e8;

/**
 * The reference line of a road.
 * @param planView the element of that name
 * @param road the road's own attributes
 * @throws Refusal for lengths that are not positive, pieces that do not join, and kinds of geometry it does not know
 */
export function readPlanView(planView: XmlElement, road: Fields): ReferenceLine {
  const length = positiveLength(road);
  const elements: PlanElement[] = [];
  let driven = 0;
  const geometries = childrenOf(planView, 'geometry');
  if (geometries.length === 0) throw road.refuse('its planView has no geometry', 'add one, or leave the road out');
  geometries.forEach((element, i) => {
    const geometry = new Fields(element, `${road.where}: geometry ${i}`);
    const s = geometry.number('s');
    if (Math.abs(s - driven) > LENGTH_ERROR) {
      throw geometry.refuse(
        `it begins at s = ${s}, but the pieces before end at ${driven.toFixed(3)}`,
        'mend s or length',
      );
    }
    const pieces = readGeometry(geometry);
    if (elements.length > 0) {
      const end = endOf(elements);
      const start: PlanPoint = { x: 0, y: 0, heading: 0, curvature: 0 };
      pieces[0]!.evaluate(0, start);
      const gap = hypot(start.x - end.x, start.y - end.y);
      if (gap > GAP) throw geometry.refuse(`there is a gap of ${gap.toFixed(3)} m before it`, 'mend x, y or hdg');
    }
    for (const piece of pieces) driven += piece.length;
    elements.push(...pieces);
  });
  if (Math.abs(driven - length) > LENGTH_ERROR) {
    throw road.refuse(`its length is ${length}, but its geometry is ${driven.toFixed(3)} m long`, 'mend the length');
  }
  return new ReferenceLine(elements, false);
}

function positiveLength(fields: Fields): number {
  const length = fields.number('length');
  if (!(length > 0)) throw fields.refuse(`the length is ${length}`, 'give a positive length');
  if (length > LONGEST) throw fields.refuse(`the length is ${length}`, 'cut it into roads of less than 1000 km');
  return length;
}

function readGeometry(geometry: Fields): PlanElement[] {
  const length = positiveLength(geometry);
  const start = {
    x: geometry.number('x'),
    y: geometry.number('y'),
    heading: geometry.number('hdg'),
    curvature: 0,
  };
  if (Math.abs(start.x) > FARTHEST || Math.abs(start.y) > FARTHEST) {
    throw geometry.refuse(`it begins at (${start.x}, ${start.y})`, 'move the roads near the origin');
  }
  const shape = (name: string): Fields | undefined => {
    const element = childrenOf(geometry.element, name)[0];
    return element && new Fields(element, `${geometry.where}: ${name}`);
  };
  if (shape('line')) return clothoid(start, 0, length);
  const arc = shape('arc');
  if (arc) {
    const curvature = curvatureOf(arc, 'curvature');
    return clothoid({ ...start, curvature }, curvature, length);
  }
  const spiral = shape('spiral');
  if (spiral)
    return clothoid({ ...start, curvature: curvatureOf(spiral, 'curvStart') }, curvatureOf(spiral, 'curvEnd'), length);
  const poly3 = shape('poly3');
  if (poly3) return [readPoly3(poly3, start, length)];
  const paramPoly3 = shape('paramPoly3');
  if (paramPoly3) return [readParamPoly3(paramPoly3, start, length)];
  throw geometry.refuse('it has no line, arc, spiral, poly3 or paramPoly3', 'use one of these');
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
  const range = fields.optionalText('pRange') ?? 'normalized';
  if (range !== 'arcLength' && range !== 'normalized') {
    throw fields.refuse(`pRange is "${range}"`, 'give arcLength or normalized');
  }
  const curve = new CubicCurve(start, u, v, range === 'arcLength' ? length : 1, length);
  const stretch = curve.ownLength / length;
  if (!(stretch > 0.9 && stretch < 1.1)) {
    throw fields.refuse(
      `the curve is ${curve.ownLength.toFixed(2)} m long, not ${length.toFixed(2)} m`,
      'mend length or pRange',
    );
  }
  if (Math.abs(atan2(v[1], u[1])) > 0.5) throw fields.refuse('it does not set out along hdg', 'mend bU and bV');
  return curve;
}
