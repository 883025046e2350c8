import type { Barrier, Marking, Strip } from '../../track.ts';
import { bareRoad } from '../bare-road.ts';
import { type FamilyRoad, mix, type RoadRequest } from '../family.ts';
import { Hills } from '../hills.ts';
import { growLoop } from '../loop.ts';
import { wornPaint } from '../paint.ts';
import { Planter, plantGrowth } from '../scenery.ts';
import { rampOver, scatter } from '../stretches.ts';

/** Half of the median with its paved strips, and the hard shoulder [m]. */
const MEDIAN = 2;
const HARD_SHOULDER = 2.5;
const LANE = 3.75;
const MERGE_RAMP = 70;

/** Two carriageways with two or three lanes each, a hard shoulder, and lanes that join from the right. */
export function buildMotorway({ difficulty, stream }: RoadRequest): FamilyRoad {
  const shape = stream.fork('shape');
  const line = growLoop(
    {
      length: mix(3600, 4400, difficulty) * shape.uniform(0.9, 1.1),
      minimumRadius: mix(200, 140, difficulty),
      maximumRadius: 900,
      corners: 5,
      roundness: mix(0.85, 0.7, difficulty),
      elongation: shape.uniform(1.1, 1.6),
      winding: mix(0.2, 0.4, difficulty),
      fill: [mix(0.85, 0.6, difficulty), 0.95],
      easing: 0.5,
      shortestBend: 130,
      sharpest: 1.8,
      clearance: 110,
    },
    shape,
  );
  const look = stream.fork('look');
  const lanes = look.uniform() < 0.5 ? 2 : 3;
  const merges = scatter(line.length, [350, 800], [220, 320], stream.fork('merges'));
  const merging = rampOver(merges, MERGE_RAMP);
  const outer = MEDIAN + lanes * LANE;
  const paint = (
    style: Marking['style'],
    offset: (s: number) => number,
    visibility?: Marking['visibility'],
  ): Marking => ({
    style,
    colour: 'white',
    width: 0.15,
    offset,
    ...(visibility && { visibility }),
  });
  const worn = wornPaint(line.length, mix(0, 0.3, difficulty), look.fork('wear'));
  const between = Array.from({ length: lanes - 1 }, (_, i) => MEDIAN + (i + 1) * LANE);
  // The lines beside the driving lane come first: who draws only some of them begins at the front.
  const markings = [
    paint(
      'solid',
      () => -outer,
      (s) => (merging(s) > 0 ? 0 : 1),
    ),
    ...between.map((offset) => paint('dashed', () => -offset, worn)),
    // Where a lane joins, the line of the right edge is broken, and the edge lies beyond that lane.
    paint(
      'dashed',
      () => -outer,
      (s) => (merging(s) > 0 ? 1 : 0),
    ),
    paint(
      'solid',
      (s) => -outer - LANE * merging(s),
      (s) => (merging(s) > 0 ? 1 : 0),
    ),
    ...[-MEDIAN, MEDIAN, outer].map((offset) => paint('solid', () => offset)),
    ...between.map((offset) => paint('dashed', () => offset, worn)),
  ];
  const crossSection = {
    laneCentre: () => -(outer - LANE / 2),
    laneWidth: () => LANE,
    leftEdge: () => outer + HARD_SHOULDER,
    rightEdge: (s: number) => -(outer + Math.max(HARD_SHOULDER, (LANE + 0.6) * merging(s))),
    shoulderWidth: 1.5,
    markings,
  };
  const surface = new Hills({ slope: 0.03, wavelength: [600, 1400], hillside: 0.2, bank: 0.05 }, stream.fork('hills'));
  const strips: Strip[] = [{ kind: 'median', left: () => MEDIAN - 0.6, right: () => 0.6 - MEDIAN, height: 0.1 }];
  const rail = (offset: (s: number) => number): Barrier => ({
    kind: 'guard-rail',
    from: 0,
    to: line.length,
    offset,
    height: 0.8,
  });
  const barriers = [rail(() => 0.5), rail(() => -0.5), rail((s) => crossSection.rightEdge(s) - 0.6)];
  const chance = stream.fork('scenery');
  const road = bareRoad(line, surface, crossSection);
  const planter = new Planter(road, chance.fork('variants'));
  for (let s = 0; s < line.length - 25; s += 50) planter.place('post', s, 0.3, -1, 0.95, Math.PI);
  for (const { from } of merges) planter.place('sign', from - 60, 1.2, -1, 4, Math.PI, 2);
  const growth = {
    density: chance.uniform(0.1, 0.3),
    conifers: chance.uniform(),
    bushes: 0.5,
    range: [4, 60] as const,
  };
  plantGrowth(planter, road, growth, chance.fork('growth'));
  return {
    line,
    surface,
    crossSection,
    scenery: planter.items,
    strips,
    barriers,
    surfaceKind: look.uniform() < 0.4 ? 'concrete' : 'asphalt',
    speedLimit: 30,
  };
}
