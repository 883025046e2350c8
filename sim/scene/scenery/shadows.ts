import type { BufferGeometry } from 'three/webgpu';
import type { SceneryItem } from '../../track/track.ts';
import type { Light } from '../light.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import { CATALOGUE } from './catalogue.ts';

/** Side of a chunk [m]. */
const CHUNK = 64;
/** Above the ground, against flicker [m]. */
const LIFT = 0.05;
const SIDES = 10;
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
): BufferGeometry[] {
  const squares = new Map<string, MeshBuilder>();
  const { sunDirection: sun } = light;
  const sunshine = brightness(light.sun) * Math.max(0, sun.z);
  const around = brightness(light.sky);
  const sunShare = sunshine / (sunshine + around);
  const level = Math.hypot(sun.x, sun.y);
  const stretch = Math.min(LONGEST, level / Math.max(sun.z, 0.05));
  for (const item of items) {
    const { shadow } = CATALOGUE[item.kind];
    if (!shadow) continue;
    const key = `${Math.floor(item.x / CHUNK)}/${Math.floor(item.y / CHUNK)}`;
    let builder = squares.get(key);
    if (!builder) {
      builder = new MeshBuilder();
      squares.set(key, builder);
    }
    const radius = shadow.radius * item.height;
    const reach = shadow.middle * item.height * stretch;
    const [dx, dy] = level > 0 ? [-sun.x / level, -sun.y / level] : [1, 0];
    if (sunShare > 0.15) {
      const half = radius * (1 + 0.55 * stretch);
      addBlot(builder, item.x + dx * reach, item.y + dy * reach, dx, dy, half, radius, sunShare * 0.85, heightAt);
    }
    addBlot(builder, item.x, item.y, dx, dy, radius * 0.7, radius * 0.7, 0.35, heightAt);
  }
  return [...squares.values()].map((builder) => builder.build());
}

function addBlot(
  builder: MeshBuilder,
  x: number,
  y: number,
  dx: number,
  dy: number,
  long: number,
  wide: number,
  darkness: number,
  heightAt: (x: number, y: number) => number,
): void {
  const rings = [0.72, 1.12];
  const middle = builder.vertex(x, y, heightAt(x, y) + LIFT, 0, 0, 1, 0, 0, 0, darkness);
  const starts = rings.map((share, ring) => {
    const first = builder.vertexCount;
    for (let side = 0; side < SIDES; side++) {
      const angle = (2 * Math.PI * side) / SIDES;
      // An irregular rim: leaves, not discs.
      const rough = share * (1 + 0.14 * Math.sin(side * 2.4 + x * 3 + y));
      const u = Math.cos(angle) * long * rough;
      const v = Math.sin(angle) * wide * rough;
      const px = x + dx * u - dy * v;
      const py = y + dy * u + dx * v;
      builder.vertex(px, py, heightAt(px, py) + LIFT, 0, 0, 1, 0, 0, 0, ring === 0 ? darkness * 0.85 : 0);
    }
    return first;
  });
  for (let side = 0; side < SIDES; side++) {
    const next = (side + 1) % SIDES;
    builder.triangle(middle, starts[0]! + side, starts[0]! + next);
    builder.quad(starts[0]! + side, starts[1]! + side, starts[1]! + next, starts[0]! + next);
  }
}

function brightness(colour: { r: number; g: number; b: number }): number {
  return (colour.r + colour.g + colour.b) / 3;
}
