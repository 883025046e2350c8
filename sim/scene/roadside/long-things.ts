import { type Color, Vector3 } from 'three/webgpu';
import type { BatchPiece } from '../batch.ts';
import type { MeshBuilder } from '../mesh-builder.ts';
import type { RoadFrame } from './road-frame.ts';

/** A face that runs along the road: the lines of its right and left edge, as one sees it from outside looking ahead. */
export interface LongFace {
  /** Lateral offset, left positive, and height above the road of each edge [m]. */
  right(s: number): readonly [lateral: number, up: number];
  left(s: number): readonly [lateral: number, up: number];
  /** Outward normal: its share to the left and upwards. */
  readonly normal: readonly [left: number, up: number];
  colour(s: number): Color;
  /** How mottled it looks, 0 to 1. */
  readonly mottled: number;
  /** Left out from afar. */
  readonly fine?: boolean;
}

/** A stretch of the road [m]. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Length of a piece, and of its faces near and far [m]. */
const PIECE = 32;
const NEAR = 2;
const FAR = 8;

/**
 * Faces along stretches of the road, as pieces with three levels of detail, the last two alike.
 * @param far length of a face seen from afar [m]
 */
export function addLongThing(
  builder: MeshBuilder,
  frame: RoadFrame,
  { from, to }: Stretch,
  faces: readonly LongFace[],
  far = FAR,
): BatchPiece[] {
  const pieces: BatchPiece[] = [];
  const count = Math.max(1, Math.round((to - from) / PIECE));
  for (let i = 0; i < count; i++) {
    const start = from + ((to - from) * i) / count;
    const end = from + ((to - from) * (i + 1)) / count;
    const [near, coarse] = [NEAR, far].map((step) => {
      for (const face of faces) {
        if (face.fine && step !== NEAR) continue;
        addFace(builder, frame, start, end, step, face);
      }
      return builder.takeTriangles();
    }) as [Uint32Array, Uint32Array];
    const middle = frame.at((start + end) / 2, faces[0]!.left((start + end) / 2)[0], 0);
    const first = frame.at(start, faces[0]!.left(start)[0], 0);
    const radius = Math.hypot(middle[0] - first[0], middle[1] - first[1], middle[2] - first[2]) + 4;
    pieces.push({ middle: new Vector3(...middle), radius, levels: [near, coarse, coarse] });
  }
  return pieces;
}

function addFace(
  builder: MeshBuilder,
  frame: RoadFrame,
  from: number,
  to: number,
  step: number,
  { right, left, normal, colour, mottled }: LongFace,
): void {
  const count = Math.max(1, Math.round((to - from) / step));
  for (let i = 0; i < count; i++) {
    const s0 = from + ((to - from) * i) / count;
    const s1 = from + ((to - from) * (i + 1)) / count;
    const { r, g, b } = colour((s0 + s1) / 2);
    const put = (s: number, [lateral, up]: readonly [number, number]) => {
      const [x, y, z] = frame.at(s, lateral, up);
      const [lx, ly] = frame.left(s);
      return builder.vertex(x, y, z, lx * normal[0], ly * normal[0], normal[1], r, g, b, mottled);
    };
    builder.quad(put(s0, right(s0)), put(s1, right(s1)), put(s1, left(s1)), put(s0, left(s0)));
  }
}
