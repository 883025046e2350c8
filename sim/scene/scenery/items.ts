import { type Material, Vector3 } from 'three/webgpu';
import type { SceneryItem } from '../../track/track.ts';
import { Batch, type BatchPiece } from '../batch.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import type { Palette } from '../palette.ts';
import { CATALOGUE, shapeOf } from './catalogue.ts';
import type { Level } from './plants.ts';

const LEVELS: readonly Level[] = [0, 1, 2, 3];
/** What is lower than this is not drawn where a house is a few pixels high [m]. */
const SMALL = 3;

/** Everything that stands on the land, each thing at each level of detail, as one batch. */
export function buildItems(
  items: readonly SceneryItem[],
  heightAt: (x: number, y: number) => number,
  palette: Palette,
  material: Material,
): Batch {
  const builder = new MeshBuilder();
  const pieces = items.map((item): BatchPiece => {
    const foot = heightAt(item.x, item.y);
    const levels = LEVELS.map((level) =>
      level === 3 && item.height < SMALL ? [] : addItem(builder, item, foot, level, palette),
    );
    const { x, y, height } = item;
    return {
      middle: new Vector3(x, y, foot + height / 2),
      radius: height * (CATALOGUE[item.kind].girth ?? 0.6),
      levels,
    };
  });
  return new Batch(builder.buildVertices(), pieces, material, 0);
}

/** @returns the indices of its triangles */
function addItem(builder: MeshBuilder, item: SceneryItem, foot: number, level: Level, palette: Palette): Uint32Array {
  const { positions, normals, shades, slots, indices } = shapeOf(item, level);
  const { colours: coloursOf, leafy = [] } = CATALOGUE[item.kind];
  const colours = coloursOf(palette, item);
  const c = Math.cos(item.yaw);
  const s = Math.sin(item.yaw);
  const { height } = item;
  const first = builder.vertexCount;
  for (let i = 0; i < slots.length; i++) {
    const x = positions[i * 3]!;
    const y = positions[i * 3 + 1]!;
    const nx = normals[i * 3]!;
    const ny = normals[i * 3 + 1]!;
    const slot = slots[i]!;
    const colour = colours[slot] ?? colours[0]!;
    const shade = shades[i]!;
    builder.vertex(
      item.x + (x * c - y * s) * height,
      item.y + (x * s + y * c) * height,
      foot + positions[i * 3 + 2]! * height,
      nx * c - ny * s,
      nx * s + ny * c,
      normals[i * 3 + 2]!,
      colour.r * shade,
      colour.g * shade,
      colour.b * shade,
      leafy[slot] ?? 0,
    );
  }
  return Uint32Array.from(indices, (index) => first + index);
}
