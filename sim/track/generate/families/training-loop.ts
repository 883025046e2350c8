import { LEVEL } from '../../road.ts';
import { type FamilyRoad, mix, type RoadRequest } from '../family.ts';
import { growLoop } from '../loop.ts';

/** One colour on another: a plain, level, unmarked ribbon to drive on the middle of. */
export function buildTrainingLoop({ difficulty, stream }: RoadRequest): FamilyRoad {
  const shape = stream.fork('shape');
  const line = growLoop(
    {
      length: mix(480, 750, difficulty) * shape.uniform(0.9, 1.1),
      minimumRadius: mix(28, 16, difficulty),
      maximumRadius: 150,
      corners: 5,
      roundness: mix(0.9, 0.7, difficulty),
      elongation: shape.uniform(1.2, 1.8),
      winding: mix(0.2, 0.5, difficulty),
      fill: [mix(0.9, 0.5, difficulty), 0.95],
      easing: 0.5,
      shortestBend: 25,
      sharpest: 2.1,
      clearance: 25,
    },
    shape,
  );
  const width = mix(6, 4.5, difficulty);
  const crossSection = {
    laneCentre: () => 0,
    laneWidth: () => width,
    leftEdge: () => width / 2,
    rightEdge: () => -width / 2,
    shoulderWidth: 0.3,
    markings: [],
  };
  return { line, surface: LEVEL, crossSection, scenery: [], surfaceKind: 'two-tone', speedLimit: 14 };
}
