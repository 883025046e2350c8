import { cos, sin, wrapAngle } from '../../maths/deterministic.ts';
import type { OpenDriveNetwork } from './network.ts';
import { lanesAt } from './road.ts';

/** A lane's outer border at a sample. */
export interface SampledLane {
  readonly id: number;
  readonly type: string;
  /** Lateral offset from the reference line, left positive [m]. */
  readonly outer_t: number;
  /** Position [m]. */
  readonly outer_x: number;
  readonly outer_y: number;
}

export interface RoadSample {
  /** [m] */
  readonly s: number;
  /** Of the reference line [m]. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Of its tangent [rad], in [-pi, pi). */
  readonly hdg: number;
  /** From right to left, the centre lane 0 among them. */
  readonly lanes: readonly SampledLane[];
}

export interface SampledRoad {
  readonly id: string;
  /** [m] */
  readonly length: number;
  /** Junction that it is part of, or `-1`. */
  readonly junction: string;
  readonly samples: readonly RoadSample[];
}

/**
 * Points along every road, superelevation left out.
 * @param count points a road, in the middle of as many equal parts
 */
export function sampleOpenDrive(network: OpenDriveNetwork, count: number): SampledRoad[] {
  // By id as text, so that two outputs can be compared line by line.
  const roads = [...network.roads.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return roads.map((road) => ({
    id: road.id,
    length: road.length,
    junction: road.junction,
    samples: Array.from({ length: count }, (_, i) => {
      const s = ((i + 0.5) * road.length) / count;
      const { x, y, heading } = road.line.pointAt(s, { x: 0, y: 0, heading: 0, curvature: 0 });
      const lanes = lanesAt(road, s).map(({ lane, outer }) => ({
        id: lane.id,
        type: lane.type,
        outer_t: outer,
        outer_x: x - outer * sin(heading),
        outer_y: y + outer * cos(heading),
      }));
      return { s, x, y, z: road.elevation.valueAt(s), hdg: wrapAngle(heading), lanes };
    }),
  }));
}
