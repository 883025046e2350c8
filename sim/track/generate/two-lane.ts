import type { CrossSection } from '../road.ts';
import type { Marking } from '../track.ts';

/** Two lanes, one for each direction, the same all along. */
export interface TwoLaneShape {
  /** [m] */
  readonly laneWidth: number;
  readonly shoulderWidth: number;
  readonly centre: Pick<Marking, 'style' | 'colour'>;
}

/** Width of a painted line [m]. */
const PAINT = 0.12;
/** Paved strip beyond the edge line [m]. */
const MARGIN = 0.3;

/** Cross-section with a marked centre and solid white edges. */
export function twoLanes(shape: TwoLaneShape): CrossSection {
  const { laneWidth, shoulderWidth, centre } = shape;
  const edge = laneWidth + PAINT + MARGIN;
  const line = laneWidth + PAINT / 2;
  return {
    laneCentre: () => -laneWidth / 2,
    laneWidth: () => laneWidth,
    leftEdge: () => edge,
    rightEdge: () => -edge,
    shoulderWidth,
    markings: [
      { ...centre, width: PAINT, offset: () => 0 },
      { style: 'solid', colour: 'white', width: PAINT, offset: () => line },
      { style: 'solid', colour: 'white', width: PAINT, offset: () => -line },
    ],
  };
}
