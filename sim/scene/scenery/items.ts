import { type Material, Vector3 } from 'three/webgpu';
import type { SceneryItem } from '../../track/track.ts';
import { Batch, type BatchPiece } from '../batch.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import type { Palette } from '../palette.ts';
import { addShape } from './add-shape.ts';
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
  const { colours, leafy, glow } = CATALOGUE[item.kind];
  const { x, y, yaw, height } = item;
  // The windows of some houses are lit at night.
  const lit = item.kind === 'house' ? [0, 0, (item.variant * 17) % 1 < 0.6 ? 0.9 : 0] : glow;
  const place = { x, y, z: foot, yaw, length: height, width: height, height };
  return addShape(builder, shapeOf(item, level), place, { colours: colours(palette, item), leafy, glow: lit });
}
