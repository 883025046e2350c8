import { expect, it } from 'vitest';
import { cos, sin } from '../../maths/deterministic.ts';
import { clothoid, endOf, type PlanPoint } from './element.ts';

const ORIGIN: PlanPoint = { x: 0, y: 0, heading: 0, curvature: 0 };

it('ends an arc where the circle does', () => {
  const end = endOf(clothoid({ ...ORIGIN, curvature: 1 / 30 }, 1 / 30, 80));
  expect(end.x).toBeCloseTo(30 * sin(80 / 30), 11);
  expect(end.y).toBeCloseTo(30 * (1 - cos(80 / 30)), 11);
  expect(end.heading).toBeCloseTo(80 / 30, 12);
});

it('ends a clothoid where the Fresnel integrals do', () => {
  // C(1) and S(1) of the integrals over cos(pi u^2/2) and sin(pi u^2/2): Abramowitz and Stegun, table 7.7.
  const end = endOf(clothoid(ORIGIN, Math.PI, 1));
  expect(end.x).toBeCloseTo(0.7798934003768228, 12);
  expect(end.y).toBeCloseTo(0.4382591473903548, 12);
  expect(end.heading).toBeCloseTo(Math.PI / 2, 12);
});

it('joins the pieces of a long clothoid without a step', () => {
  const pieces = clothoid({ x: 3, y: -2, heading: 1, curvature: -1 / 20 }, 1 / 15, 90);
  expect(pieces.length).toBeGreaterThan(5);
  for (let i = 1; i < pieces.length; i++) {
    const before = endOf(pieces.slice(0, i));
    const after = { ...ORIGIN };
    pieces[i]!.evaluate(0, after);
    for (const key of ['x', 'y', 'heading', 'curvature'] as const) expect(after[key]).toBeCloseTo(before[key], 12);
  }
});
