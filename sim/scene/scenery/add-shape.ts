import type { Color } from 'three/webgpu';
import type { MeshBuilder } from '../mesh-builder.ts';
import type { Template } from './template.ts';

/** Where a shape stands and how large it is [m]. */
export interface ShapePlace {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Counter-clockwise from the x axis [rad]. */
  readonly yaw: number;
  /** Rise per metre ahead. */
  readonly grade?: number;
  readonly length: number;
  readonly width: number;
  readonly height: number;
}

/** How the slots of a shape look. */
export interface ShapeLook {
  readonly colours: readonly Color[];
  readonly leafy?: readonly number[] | undefined;
  readonly glow?: readonly number[] | undefined;
}

/**
 * Puts a shape into a mesh.
 * @returns the indices of its triangles; they are not added to the builder's own
 */
export function addShape(builder: MeshBuilder, shape: Template, place: ShapePlace, look: ShapeLook): Uint32Array {
  const { positions, normals, shades, slots, indices } = shape;
  const { colours, leafy = [], glow = [] } = look;
  const { length, width, height, grade = 0 } = place;
  const c = Math.cos(place.yaw);
  const s = Math.sin(place.yaw);
  const first = builder.vertexCount;
  for (let i = 0; i < slots.length; i++) {
    const x = positions[i * 3]! * length;
    const y = positions[i * 3 + 1]! * width;
    const nx = normals[i * 3]!;
    const ny = normals[i * 3 + 1]!;
    const slot = slots[i]!;
    const colour = colours[slot] ?? colours[0]!;
    const shade = shades[i]!;
    builder.vertex(
      place.x + (x * c - y * s),
      place.y + (x * s + y * c),
      place.z + positions[i * 3 + 2]! * height + x * grade,
      nx * c - ny * s,
      nx * s + ny * c,
      normals[i * 3 + 2]!,
      colour.r * shade,
      colour.g * shade,
      colour.b * shade,
      leafy[slot] ?? 0,
      glow[slot] ?? 0,
    );
  }
  return Uint32Array.from(indices, (index) => first + index);
}
