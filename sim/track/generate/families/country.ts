import { bareRoad } from '../bare-road.ts';
import type { FamilyRoad, RoadRequest } from '../family.ts';
import { mix } from '../family.ts';
import { Hills } from '../hills.ts';
import { growLoop } from '../loop.ts';
import { wornPaint } from '../paint.ts';
import { Planter, plantBendSigns, plantGrowth, plantHouses, plantPosts } from '../scenery.ts';
import { twoLanes } from '../two-lane.ts';

/** Two lanes through fields and woods: sweeping bends when easy, narrow, winding and hilly when hard. */
export function buildCountry({ difficulty, stream }: RoadRequest): FamilyRoad {
  const shape = stream.fork('shape');
  const line = growLoop(
    {
      length: mix(900, 1350, difficulty) * shape.uniform(0.9, 1.1),
      minimumRadius: mix(45, 25, difficulty),
      maximumRadius: 300,
      corners: 5,
      roundness: mix(0.85, 0.65, difficulty),
      elongation: shape.uniform(1.1, 1.3 + 0.5 * difficulty),
      winding: mix(0.25, 0.55, difficulty),
      fill: [mix(0.9, 0.4, difficulty), 0.95],
      easing: 0.45,
      shortestBend: mix(45, 30, difficulty),
      sharpest: mix(1.75, 2, difficulty),
      clearance: 30,
    },
    shape,
  );
  const look = stream.fork('look');
  const laneWidth = Math.min(3.7, Math.max(3.2, mix(3.65, 3.25, difficulty) + look.uniform(-0.1, 0.1)));
  const lanes = twoLanes({
    laneWidth,
    shoulderWidth: look.uniform(0.8, 1.5),
    centre: { style: 'dashed', colour: look.uniform() < 0.5 ? 'white' : 'yellow' },
  });
  // On the harder roads nobody has painted for years.
  const visibility = wornPaint(line.length, Math.max(0, difficulty - 0.5) * 0.8, stream.fork('wear'));
  const worn = lanes.markings.map((marking) => ({ ...marking, visibility }));
  const crossSection = difficulty > 0.5 ? { ...lanes, markings: worn } : lanes;
  const surface = new Hills(
    { slope: mix(0.02, 0.07, difficulty), wavelength: [180, 420], hillside: 0.2, bank: 0.03 },
    stream.fork('hills'),
  );
  const chance = stream.fork('scenery');
  const road = bareRoad(line, surface, crossSection);
  const planter = new Planter(road, chance.fork('variants'));
  plantPosts(planter, road);
  plantBendSigns(planter, road, 60);
  plantHouses(planter, road, chance.uniform(2, 8), chance.fork('houses'));
  const growth = {
    density: chance.uniform(0.25, 0.55),
    conifers: chance.uniform(),
    bushes: chance.uniform(0.1, 0.35),
    range: [1.8, 40] as const,
  };
  plantGrowth(planter, road, growth, chance.fork('growth'));
  return { line, surface, crossSection, scenery: planter.items, speedLimit: 20 };
}
