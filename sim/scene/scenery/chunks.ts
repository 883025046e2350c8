import type { BufferGeometry } from 'three/webgpu';
import type { SceneryItem } from '../../track/track.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import type { Palette } from '../palette.ts';
import { CATALOGUE, shapeOf } from './catalogue.ts';
import type { Level } from './plants.ts';

/** Side of a chunk [m]: the unit of culling and of the choice of detail. */
const CHUNK = 48;

/** All that stands in one square of land, merged into one mesh for each level of detail. */
export interface SceneryChunk {
  readonly x: number;
  readonly y: number;
  /** Radius around x, y that holds everything [m]. */
  readonly radius: number;
  readonly levels: readonly [near: BufferGeometry, middle: BufferGeometry, far: BufferGeometry];
}

/** Places everything on the ground and merges it by squares. */
export function buildSceneryChunks(
  items: readonly SceneryItem[],
  heightAt: (x: number, y: number) => number,
  palette: Palette,
): SceneryChunk[] {
  const squares = new Map<string, SceneryItem[]>();
  for (const item of items) {
    const key = `${Math.floor(item.x / CHUNK)}/${Math.floor(item.y / CHUNK)}`;
    const square = squares.get(key);
    if (square) square.push(item);
    else squares.set(key, [item]);
  }
  return [...squares.values()].map((square) => {
    const feet = square.map((item) => heightAt(item.x, item.y));
    const level = (detail: Level) => {
      const builder = new MeshBuilder();
      for (const [i, item] of square.entries()) addItem(builder, item, feet[i]!, detail, palette);
      return builder.build();
    };
    const levels = [level(0), level(1), level(2)] as const;
    const { center, radius } = levels[0].boundingSphere!;
    return { x: center.x, y: center.y, radius, levels };
  });
}

function addItem(builder: MeshBuilder, item: SceneryItem, foot: number, level: Level, palette: Palette): void {
  const shape = shapeOf(item, level);
  const colours = CATALOGUE[item.kind].colours(palette, item);
  const c = Math.cos(item.yaw);
  const s = Math.sin(item.yaw);
  const { height } = item;
  const first = builder.vertexCount;
  for (let i = 0; i < shape.slots.length; i++) {
    const x = shape.positions[i * 3]!;
    const y = shape.positions[i * 3 + 1]!;
    const nx = shape.normals[i * 3]!;
    const ny = shape.normals[i * 3 + 1]!;
    const colour = colours[shape.slots[i]!] ?? colours[0]!;
    const shade = shape.shades[i]!;
    builder.vertex(
      item.x + (x * c - y * s) * height,
      item.y + (x * s + y * c) * height,
      foot + shape.positions[i * 3 + 2]! * height,
      nx * c - ny * s,
      nx * s + ny * c,
      shape.normals[i * 3 + 2]!,
      colour.r * shade,
      colour.g * shade,
      colour.b * shade,
    );
  }
  for (let i = 0; i < shape.indices.length; i += 3) {
    builder.triangle(first + shape.indices[i]!, first + shape.indices[i + 1]!, first + shape.indices[i + 2]!);
  }
}
