import { type Material, Vector3 } from 'three/webgpu';
import type { SceneryItem } from '../../track/track.ts';
import { Batch, type BatchPiece } from '../batch.ts';
import type { Light } from '../light.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import { CATALOGUE } from './catalogue.ts';

/** Above the ground, against flicker [m]. */
const LIFT = 0.05;
const SIDES = 8;
/** A low sun would throw endless shadows. */
const LONGEST = 2.2;

/**
 * Soft blots on the ground where things keep the sun away, and around their feet where they hide the sky; as patches of
 * black whose alpha is the darkness.
 */
export function buildShadows(
  items: readonly SceneryItem[],
  heightAt: (x: number, y: number) => number,
  light: Light,
  material: Material,
  bodies: readonly LongBody[] = [],
): Batch {
  const builder = new MeshBuilder();
  const pieces: BatchPiece[] = [];
  const { sunDirection: sun } = light;
  const sunshine = brightness(light.sun) * Math.max(0, sun.z);
  const around = brightness(light.sky);
  const sunShare = sunshine / (sunshine + around);
  const level = Math.hypot(sun.x, sun.y);
  const stretch = Math.min(LONGEST, level / Math.max(sun.z, 0.05));
  for (const item of items) {
    const { shadow } = CATALOGUE[item.kind];
    if (!shadow) continue;
    const radius = shadow.radius * item.height;
    const reach = shadow.middle * item.height * stretch;
    const [dx, dy] = level > 0 ? [-sun.x / level, -sun.y / level] : [1, 0];
    if (sunShare > 0.15) {
      const half = radius * (1 + 0.55 * stretch);
      const blot: Place = { x: item.x + dx * reach, y: item.y + dy * reach, dx, dy, long: half, wide: radius };
      addBlot(builder, blot, [0.72, 1.12], sunShare * 0.85, heightAt);
    }
    const foot: Place = { x: item.x, y: item.y, dx, dy, long: radius, wide: radius };
    addBlot(builder, foot, [0.8], 0.4, heightAt);
    const middle = new Vector3(item.x + (dx * reach) / 2, item.y + (dy * reach) / 2, heightAt(item.x, item.y));
    pieces.push({ middle, radius: reach / 2 + radius * (1.2 + stretch), levels: [builder.takeTriangles()] });
  }
  for (const { x, y, yaw, length, width } of bodies) {
    const place: Place = { x, y, dx: Math.cos(yaw), dy: Math.sin(yaw), long: length * 0.62, wide: width * 0.72 };
    addBlot(builder, place, [0.8, 1.1], 0.6, heightAt);
    pieces.push({ middle: new Vector3(x, y, heightAt(x, y)), radius: length, levels: [builder.takeTriangles()] });
  }
  return new Batch(builder.buildVertices(), pieces, material, 1);
}

/** Something low and long that darkens the ground below it, like a car. */
export interface LongBody {
  readonly x: number;
  readonly y: number;
  readonly yaw: number;
  /** [m] */
  readonly length: number;
  readonly width: number;
}

/** An ellipse on the ground: middle, direction of its long half-axis (a unit vector), half-axes [m]. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly long: number;
  readonly wide: number;
}

/** @param rings shares of the half-axes; the last ring is clear */
function addBlot(
  builder: MeshBuilder,
  { x, y, dx, dy, long, wide }: Place,
  rings: readonly number[],
  darkness: number,
  heightAt: (x: number, y: number) => number,
): void {
  const put = (px: number, py: number, dark: number) =>
    builder.vertex(px, py, heightAt(px, py) + LIFT, 0, 0, 1, 0, 0, 0, dark);
  const middle = put(x, y, darkness);
  let inner: number[] = [];
  rings.forEach((share, ring) => {
    const outer: number[] = [];
    for (let side = 0; side < SIDES; side++) {
      const angle = (2 * Math.PI * side) / SIDES;
      // An irregular rim: leaves, not discs.
      const rough = share * (1 + 0.14 * Math.sin(side * 2.4 + x * 3 + y));
      const u = Math.cos(angle) * long * rough;
      const v = Math.sin(angle) * wide * rough;
      const last = ring === rings.length - 1;
      outer.push(put(x + dx * u - dy * v, y + dy * u + dx * v, last ? 0 : darkness * 0.85));
    }
    for (let side = 0; side < SIDES; side++) {
      const next = (side + 1) % SIDES;
      if (ring === 0) builder.triangle(middle, outer[side]!, outer[next]!);
      else builder.quad(inner[side]!, outer[side]!, outer[next]!, inner[next]!);
    }
    inner = outer;
  });
}

function brightness(colour: { r: number; g: number; b: number }): number {
  return (colour.r + colour.g + colour.b) / 3;
}
