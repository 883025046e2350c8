import { expect, it } from 'vitest';
import { openTrack } from '../track/catalogue.ts';
import { DEFAULT_CAR } from '../vehicle/vehicles.ts';
import { studyRoad } from './expert.ts';
import { keepDistance, safeSpeed } from './keep-distance.ts';

const track = openTrack('country:5');
const knowledge = studyRoad({ track, vehicle: DEFAULT_CAR, controlPeriod: 0.05 });
const COMMAND = { steeringAngle: 0.1, speed: 20, torque: 0 };
const ahead = { id: 'a', s: 40, lateral: track.laneCentre(40), speed: 0, length: 4.4, width: 1.8 };

it('is a speed from which one stops in time: reaction and braking use up the gap', () => {
  for (const gap of [5, 20, 60]) {
    for (const speedAhead of [0, 8]) {
      const speed = safeSpeed(gap, speedAhead);
      // Way of reaction and braking, less the way in which the car ahead stops, plus the gap of a queue.
      const way = speed * 1.2 + (speed * speed - speedAhead * speedAhead) / (2 * 2.5) + 3;
      expect(way).toBeCloseTo(gap, 9);
    }
  }
  expect(safeSpeed(2, 0)).toBe(0);
});

it('slows down for a car on the path and for no other', () => {
  const gap = 40 - 10 - (DEFAULT_CAR.length + ahead.length) / 2;
  expect(keepDistance(knowledge, COMMAND, 10, [ahead])).toEqual({ ...COMMAND, speed: safeSpeed(gap, 0) });
  expect(keepDistance(knowledge, COMMAND, 50, [ahead])).toBe(COMMAND);
  expect(keepDistance(knowledge, COMMAND, 10, [{ ...ahead, speed: -10, lateral: -ahead.lateral }])).toBe(COMMAND);
  expect(keepDistance(knowledge, COMMAND, 10, [{ ...ahead, lateral: ahead.lateral - 2.5 }])).toBe(COMMAND);
});

it('sees a car beyond the start of a closed road, and heeds the nearest', () => {
  const s = track.length - 20;
  const beyond = { ...ahead, s: 10 };
  const gap = 30 - (DEFAULT_CAR.length + ahead.length) / 2;
  expect(keepDistance(knowledge, COMMAND, s, [ahead, beyond]).speed).toBeCloseTo(safeSpeed(gap, 0), 9);
});

it('counts on less braking on a slippery road', () => {
  const dry = keepDistance(knowledge, COMMAND, 10, [ahead]).speed;
  expect(keepDistance(knowledge, COMMAND, 10, [ahead], 0.25).speed).toBeLessThan(0.7 * dry);
});
