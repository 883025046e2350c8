import { expect, it } from 'vitest';
import { type Incident, incidentsSince } from './incidents.ts';

const at = (kind: Incident['kind'], time: number): Incident => ({
  kind,
  time,
  x: 0,
  y: 0,
  lateralError: 0,
  driverCommand: null,
});

it('keeps what happens while it is recorded, and the hand-over that a correction begins with', () => {
  const before = [at('taken', 1), at('given', 2), at('strayed', 3)];
  const later = [at('strayed', 6), at('given', 7)];
  expect(incidentsSince([...before, ...later], 5)).toEqual(later);
  expect(incidentsSince([...before, at('taken', 4), ...later], 5)).toEqual([at('taken', 4), ...later]);
});
