import type { BufferGeometry } from 'three/webgpu';
import type { SceneryItem } from '../../track/track.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import type { Palette } from '../palette.ts';
import { CATALOGUE, shapeOf } from './catalogue.ts';
import type { Level } from './plants.ts';

/** Side of a chunk [m]: the unit of culling and of the choice of detail. */
const CHUNK = 56;
/** What is lower than this is not drawn where a house is a few pixels high [m]. */
const SMALL = 3;

/** All that stands in one square of land. */
export class SceneryChunk {
  /** Middle and half-diagonal of what stands in it [m]. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly #items: readonly SceneryItem[];
  readonly #feet: readonly number[];
  readonly #palette: Palette;

  constructor(items: readonly SceneryItem[], heightAt: (x: number, y: number) => number, palette: Palette) {
    this.#items = items;
    this.#palette = palette;
    this.#feet = items.map((item) => heightAt(item.x, item.y));
    const [left, right] = extent(items.map((item) => item.x));
    const [low, high] = extent(items.map((item) => item.y));
    this.x = (left + right) / 2;
    this.y = (low + high) / 2;
    this.radius = Math.hypot(right - left, high - low) / 2;
  }

  /** Everything in one mesh at a level of detail. */
  build(level: Level): BufferGeometry {
    const builder = new MeshBuilder();
    for (const [i, item] of this.#items.entries()) {
      if (level < 3 || item.height > SMALL) addItem(builder, item, this.#feet[i]!, level, this.#palette);
    }
    return builder.build();
  }
}

/** Sorts things by squares of land. */
export function groupIntoChunks(
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
  return [...squares.values()].map((square) => new SceneryChunk(square, heightAt, palette));
}

function addItem(builder: MeshBuilder, item: SceneryItem, foot: number, level: Level, palette: Palette): void {
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
  for (let i = 0; i < indices.length; i += 3) {
    builder.triangle(first + indices[i]!, first + indices[i + 1]!, first + indices[i + 2]!);
  }
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
