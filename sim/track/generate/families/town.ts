import { LEVEL } from '../../road.ts';
import type { ParkedCar, Strip } from '../../track.ts';
import { bareRoad } from '../bare-road.ts';
import { growBlockLoop } from '../block-loop.ts';
import { type FamilyRoad, mix, type RoadRequest } from '../family.ts';
import { wornPaint } from '../paint.ts';
import { Planter } from '../scenery.ts';
import { liesIn, scatter } from '../stretches.ts';

const FOOTWAY = 2.2;
const KERB = 0.18;
const PARKING = 2.1;

/** Right-angled corners between houses: kerbs, footways, parked cars, and mouths of side streets. */
export function buildTown({ difficulty, stream }: RoadRequest): FamilyRoad {
  const line = growBlockLoop(
    {
      blocks: Math.round(mix(3, 7, difficulty)),
      side: [mix(85, 60, difficulty), mix(110, 85, difficulty)],
      radius: [mix(16, 12, difficulty), mix(26, 15, difficulty)],
      skew: 0.12,
      clearance: 35,
    },
    stream.fork('shape'),
  );
  const look = stream.fork('look');
  const laneWidth = mix(3.4, 3.1, difficulty);
  const edge = laneWidth + PARKING;
  const mouths = {
    left: scatter(line.length, [30, 110], [7, 10], look),
    right: scatter(line.length, [30, 110], [7, 10], look),
  };
  const atMouth = (s: number): boolean => liesIn(mouths.left, s) || liesIn(mouths.right, s);
  const worn = wornPaint(line.length, mix(0.1, 0.45, difficulty), look.fork('wear'));
  const crossSection = {
    laneCentre: () => -laneWidth / 2,
    laneWidth: () => laneWidth,
    leftEdge: () => edge,
    rightEdge: () => -edge,
    shoulderWidth: KERB + FOOTWAY,
    markings: [
      // At a crossing the centre line stops.
      {
        style: 'dashed',
        colour: 'white',
        width: 0.12,
        offset: () => 0,
        visibility: (s: number) => (atMouth(s) ? 0 : worn(s)),
      },
      { style: 'dashed', colour: 'white', width: 0.1, offset: () => laneWidth, visibility: worn },
      { style: 'dashed', colour: 'white', width: 0.1, offset: () => -laneWidth, visibility: worn },
    ] as const,
  };
  const strips: Strip[] = [
    { kind: 'parking', left: () => edge, right: () => laneWidth, height: 0 },
    { kind: 'parking', left: () => -laneWidth, right: () => -edge, height: 0 },
    { kind: 'kerb', left: () => edge + KERB, right: () => edge, height: 0.12, present: (s) => !liesIn(mouths.left, s) },
    {
      kind: 'kerb',
      left: () => -edge,
      right: () => -edge - KERB,
      height: 0.12,
      present: (s) => !liesIn(mouths.right, s),
    },
    {
      kind: 'sidewalk',
      left: () => edge + KERB + FOOTWAY,
      right: () => edge + KERB,
      height: 0.12,
      present: (s) => !liesIn(mouths.left, s),
    },
    {
      kind: 'sidewalk',
      left: () => -edge - KERB,
      right: () => -edge - KERB - FOOTWAY,
      height: 0.12,
      present: (s) => !liesIn(mouths.right, s),
    },
  ];
  const road = bareRoad(line, LEVEL, crossSection);
  const isStraight = (s: number): boolean => [-8, 0, 8].every((d) => Math.abs(road.pointAt(s + d).curvature) < 1 / 200);
  const cars = stream.fork('parked cars');
  const parkedCars: ParkedCar[] = [];
  for (const side of [1, -1] as const) {
    for (let s = 10; s < line.length - 10; s += cars.uniform(6.2, 6.2 + mix(40, 12, difficulty))) {
      if (!isStraight(s) || [-6, 0, 6].some((d) => atMouth(s + d))) continue;
      const lateral = side * (laneWidth + PARKING / 2 + cars.uniform(-0.05, 0.1));
      parkedCars.push({ s, lateral, turn: side > 0 ? Math.PI : 0, variant: cars.uniform() });
    }
  }
  const chance = stream.fork('scenery');
  const planter = new Planter(road, chance.fork('variants'));
  const houses = chance.fork('houses');
  for (const side of [1, -1] as const) {
    const facing = side > 0 ? -Math.PI / 2 : Math.PI / 2;
    for (let s = 6; s < line.length; s += houses.uniform(13, 20)) {
      if (liesIn(side > 0 ? mouths.left : mouths.right, s)) continue;
      planter.place('house', s, houses.uniform(8.5, 12), side, houses.uniform(6, 13), facing, 13);
    }
    for (let s = 4; s < line.length - 10; s += 28) planter.place('lamp', s, 0.35, side, 6, facing);
  }
  const trees = chance.fork('trees');
  for (let s = 0; s < line.length; s += trees.uniform(9, 40)) {
    planter.place('tree', s, trees.uniform(1.7, 3), trees.uniform() < 0.5 ? 1 : -1, trees.uniform(4, 8), 0, 4);
  }
  for (const { from } of mouths.right) planter.place('sign', from - 4, 0.5, -1, 2.4, Math.PI);
  return { line, surface: LEVEL, crossSection, scenery: planter.items, strips, parkedCars, speedLimit: 50 / 3.6 };
}
