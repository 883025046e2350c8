import type { Barrier } from '../../track.ts';
import { bareRoad } from '../bare-road.ts';
import { type FamilyRoad, mix, type RoadRequest } from '../family.ts';
import { Hills } from '../hills.ts';
import { growLoop } from '../loop.ts';
import { wornPaint } from '../paint.ts';
import { Planter, plantBendSigns, plantGrowth, plantPosts } from '../scenery.ts';
import { stretchesWhere } from '../stretches.ts';
import { twoLanes } from '../two-lane.ts';

/** Hairpins on a steep hillside, guard rails on the outer side of bends, conifers and rocks. */
export function buildMountain({ difficulty, stream }: RoadRequest): FamilyRoad {
  const shape = stream.fork('shape');
  const line = growLoop(
    {
      length: mix(1300, 2200, difficulty) * shape.uniform(0.9, 1.1),
      minimumRadius: mix(20, 12, difficulty),
      maximumRadius: 140,
      corners: 5,
      roundness: mix(0.6, 0.42, difficulty),
      elongation: shape.uniform(1.3, 2),
      winding: mix(0.9, 1.4, difficulty),
      fill: [0.25, 0.8],
      easing: 0.4,
      shortestBend: 24,
      sharpest: mix(2.3, 2.65, difficulty),
      clearance: 22,
    },
    shape,
  );
  const look = stream.fork('look');
  const lanes = twoLanes({
    laneWidth: mix(3.4, 3.2, difficulty),
    shoulderWidth: look.uniform(0.6, 1),
    centre: {
      style: look.uniform() < 0.4 ? 'double-solid' : 'solid',
      colour: look.uniform() < 0.5 ? 'yellow' : 'white',
    },
  });
  const visibility = wornPaint(line.length, mix(0.05, 0.35, difficulty), look.fork('wear'));
  const crossSection = { ...lanes, markings: lanes.markings.map((marking) => ({ ...marking, visibility })) };
  const surface = new Hills(
    { slope: mix(0.07, 0.12, difficulty), wavelength: [160, 380], hillside: 0.55, bank: 0.05 },
    stream.fork('hills'),
  );
  const chance = stream.fork('scenery');
  const road = bareRoad(line, surface, crossSection);
  const barriers = ([1, -1] as const).flatMap((side): Barrier[] =>
    // The outer side of a bend is the one it turns away from.
    stretchesWhere(line.length, 12, (s) => side * road.pointAt(s).curvature < -1 / 110).map(({ from, to }) => ({
      kind: 'guard-rail',
      from,
      to,
      offset: (s) => (side > 0 ? crossSection.leftEdge(s) : crossSection.rightEdge(s)) + side * 0.35,
      height: 0.75,
    })),
  );
  const planter = new Planter(road, chance.fork('variants'));
  plantPosts(planter, road);
  plantBendSigns(planter, road, 40);
  const rocks = chance.fork('rocks');
  for (let s = 0; s < line.length; s += rocks.uniform(5, 45)) {
    const side = rocks.uniform() < 0.5 ? 1 : -1;
    planter.place('rock', s, rocks.uniform(1.5, 14), side, rocks.uniform(0.5, 3.2), rocks.uniform(0, 6.28), 2);
  }
  const growth = { density: chance.uniform(0.2, 0.5), conifers: 0.85, bushes: 0.15, range: [2, 35] as const };
  plantGrowth(planter, road, growth, chance.fork('growth'));
  return { line, surface, crossSection, scenery: planter.items, barriers, speedLimit: 17 };
}
