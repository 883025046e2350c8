import type { Barrier, Strip } from '../../track.ts';
import { bareRoad } from '../bare-road.ts';
import { type FamilyRoad, mix, type RoadRequest } from '../family.ts';
import { Hills } from '../hills.ts';
import { growLoop } from '../loop.ts';
import { Planter, plantGrowth } from '../scenery.ts';
import { stretchesWhere } from '../stretches.ts';

const KERB = 0.9;

/** A racing circuit: one wide lane, fast straights, tight bends with kerbs, walls far out. */
export function buildCircuit({ difficulty, stream }: RoadRequest): FamilyRoad {
  const shape = stream.fork('shape');
  const line = growLoop(
    {
      length: mix(1500, 2600, difficulty) * shape.uniform(0.9, 1.1),
      minimumRadius: mix(35, 16, difficulty),
      maximumRadius: 220,
      corners: 5,
      roundness: mix(0.75, 0.55, difficulty),
      elongation: shape.uniform(1.4, 2.2),
      winding: mix(0.4, 0.8, difficulty),
      // Small bends between long straights.
      fill: [0.2, 0.75],
      easing: 0.35,
      shortestBend: 35,
      sharpest: 2.3,
      clearance: 40,
    },
    shape,
  );
  const look = stream.fork('look');
  const half = look.uniform(4.5, 6);
  const crossSection = {
    laneCentre: () => 0,
    laneWidth: () => 2 * half,
    leftEdge: () => half,
    rightEdge: () => -half,
    shoulderWidth: 2,
    markings: [half - 0.15, 0.15 - half].map((offset) => ({
      style: 'solid' as const,
      colour: 'white' as const,
      width: 0.15,
      offset: () => offset,
    })),
  };
  const surface = new Hills(
    { slope: mix(0.02, 0.06, difficulty), wavelength: [300, 700], hillside: 0.2, bank: 0.06 },
    stream.fork('hills'),
  );
  const road = bareRoad(line, surface, crossSection);
  const isBend = (s: number): boolean => [-12, 0, 12].some((d) => Math.abs(road.pointAt(s + d).curvature) > 1 / 130);
  const strips: Strip[] = [
    { kind: 'kerb', left: () => half + KERB, right: () => half, height: 0.05, present: isBend },
    { kind: 'kerb', left: () => -half, right: () => -half - KERB, height: 0.05, present: isBend },
  ];
  const barriers = ([1, -1] as const).flatMap((side): Barrier[] =>
    // Walls along the straights; the bends have room to run off.
    stretchesWhere(line.length, 40, (s) => Math.abs(road.pointAt(s).curvature) < 1 / 300).map(({ from, to }) => ({
      kind: 'wall',
      from,
      to,
      offset: () => side * (half + 3.2),
      height: 1,
    })),
  );
  const chance = stream.fork('scenery');
  const planter = new Planter(road, chance.fork('variants'));
  // Boards that count down to the braking points.
  for (const { from } of stretchesWhere(line.length, 8, (s) => Math.abs(road.pointAt(s).curvature) > 1 / 80)) {
    for (const before of [100, 50]) planter.place('sign', from - before, 2.4, 1, 1.6, Math.PI, 3);
  }
  const growth = {
    density: chance.uniform(0.1, 0.25),
    conifers: chance.uniform(),
    bushes: 0.2,
    range: [9, 60] as const,
  };
  plantGrowth(planter, road, growth, chance.fork('growth'));
  return { line, surface, crossSection, scenery: planter.items, strips, barriers, speedLimit: 33 };
}
