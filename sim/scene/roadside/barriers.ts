import { Color, Vector3 } from 'three/webgpu';
import type { Barrier } from '../../track/track.ts';
import type { BatchPiece } from '../batch.ts';
import type { MeshBuilder } from '../mesh-builder.ts';
import { addShape } from '../scenery/add-shape.ts';
import { box, emptyTemplate } from '../scenery/template.ts';
import { addLongThing, type LongFace } from './long-things.ts';
import type { RoadFrame } from './road-frame.ts';

/** Height and half of the depth of a rail's profile, a W-beam (EN 1317 systems: 310 mm), and the posts' spacing [m]. */
const BEAM = 0.31;
const BEAM_HALF = 0.04;
const POST_SPACING = 4;
const POST = 0.1;
const WALL_HALF = 0.12;
/** How deep things stand in the ground [m]. */
const FOOT = 0.6;
/** Posts of a piece are drawn together. */
const POSTS = 8;

const srgb = (r: number, g: number, b: number) => new Color().setRGB(r, g, b, 'srgb');
const STEEL = srgb(0.68, 0.7, 0.72);
const DULL = srgb(0.45, 0.46, 0.47);
const CONCRETE = [srgb(0.68, 0.67, 0.64), srgb(0.64, 0.63, 0.6)];

const postShape = emptyTemplate();
box(postShape, [0, 0, 0.5], [1, 1, 1], 0, 0.8);

/** Guard rails with their posts, and walls. */
export function addBarriers(builder: MeshBuilder, frame: RoadFrame, barriers: readonly Barrier[]): BatchPiece[] {
  return barriers.flatMap((barrier) =>
    barrier.kind === 'wall'
      ? addLongThing(builder, frame, barrier, wallFaces(barrier))
      : [...addLongThing(builder, frame, barrier, railFaces(barrier)), ...addPosts(builder, frame, barrier)],
  );
}

function wallFaces({ offset, height }: Barrier): LongFace[] {
  const edge = (half: number, up: number) => (s: number) => [offset(s) + half, up] as const;
  // Blocks of 4 m with slightly different tones.
  const colour = (s: number) => CONCRETE[Math.abs(Math.floor(s / 4)) % 2]!;
  const common = { colour, mottled: 0.25 };
  return [
    { ...common, right: edge(-WALL_HALF, height), left: edge(WALL_HALF, height), normal: [0, 1] },
    { ...common, right: edge(-WALL_HALF, -FOOT), left: edge(-WALL_HALF, height), normal: [-1, 0] },
    { ...common, right: edge(WALL_HALF, height), left: edge(WALL_HALF, -FOOT), normal: [1, 0] },
  ];
}

/** Each side of the beam in two halves that lean: the profile catches the light from above in its upper half only. */
function railFaces({ offset, height }: Barrier): LongFace[] {
  const at = (half: number, up: number) => (s: number) => [offset(s) + half, up] as const;
  const middle = height - BEAM / 2;
  const low = height - BEAM;
  const common = { colour: () => STEEL, mottled: 0.1 };
  const [r, l] = [-BEAM_HALF, BEAM_HALF];
  return [
    { ...common, right: at(r, middle), left: at(r * 0.4, height), normal: [-0.8, 0.6] },
    { ...common, right: at(r * 0.4, low), left: at(r, middle), normal: [-0.9, -0.4] },
    { ...common, right: at(l * 0.4, height), left: at(l, middle), normal: [0.8, 0.6] },
    { ...common, right: at(l, middle), left: at(l * 0.4, low), normal: [0.9, -0.4] },
  ];
}

function addPosts(builder: MeshBuilder, frame: RoadFrame, { from, to, offset, height }: Barrier): BatchPiece[] {
  const pieces: BatchPiece[] = [];
  const count = Math.floor((to - from) / POST_SPACING);
  for (let first = 0; first <= count; first += POSTS) {
    const triangles: number[] = [];
    const last = Math.min(count, first + POSTS - 1);
    for (let i = first; i <= last; i++) {
      const s = from + i * POST_SPACING;
      const [x, y, z] = frame.at(s, offset(s), -FOOT);
      const [leftX, leftY] = frame.left(s);
      const yaw = Math.atan2(-leftX, leftY);
      const tall = height - BEAM / 2 + FOOT;
      const place = { x, y, z, yaw, length: POST, width: BEAM_HALF, height: tall };
      triangles.push(...addShape(builder, postShape, place, { colours: [DULL] }));
    }
    const s = from + ((first + last) / 2) * POST_SPACING;
    const middle = new Vector3(...frame.at(s, offset(s), 0.3));
    // From afar nobody sees them.
    const levels = [Uint32Array.from(triangles), new Uint32Array(), new Uint32Array()];
    pieces.push({ middle, radius: (POSTS * POST_SPACING) / 2, levels });
  }
  return pieces;
}
