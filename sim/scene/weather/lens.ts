import { clamp, exp2, float, max, mix, positionGeometry, texture, uniform, varying, vec2, vec4 } from 'three/tsl';
import {
  type BufferGeometry,
  type Material,
  Mesh,
  MeshBasicNodeMaterial,
  type PerspectiveCamera,
  Vector3,
  Vector4,
} from 'three/webgpu';
import type { Conditions } from '../../conditions/conditions.ts';
import { createStream } from '../../random/stream.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import { smoothStep } from '../noise.ts';
import { attributeOf, type FloatNode, type Shading, tint, type Vec3Node } from '../shading.ts';

/** Drops lie on the glass until the wiper comes [s]; patterns of drops take turns. */
const WIPE = 1.6;
const PATTERNS = 4;
const SIDES = 8;

/** What is between the world and the sensor: streaks of rain, drops on the glass, glare. */
export interface Lens {
  readonly meshes: readonly Mesh[];
  update(camera: PerspectiveCamera, time: number): void;
}

/** The lens in this weather; undefined where nothing is on it and nothing blinds it. */
export function createLens(shading: Shading, { weather, colourSeed }: Conditions): Lens | undefined {
  const { rain, glare } = weather;
  if (rain === 0 && glare === 0) return undefined;
  // Sun in the picture: x, y in heights of half a picture, strength; and the time in the fourth.
  const state = uniform(new Vector4());
  const aspect = uniform(1);
  const meshes = [onTop(new Mesh(wholePicture(), veil(shading, rain, state, aspect)))];
  const drops = rain > 0 ? onTop(new Mesh(buildDrops(shading, rain, colourSeed), dropMaterial(aspect))) : undefined;
  if (drops) meshes.push(drops);
  const sun = new Vector3();
  return {
    meshes,
    update(camera, time) {
      aspect.value = camera.aspect;
      sun.copy(shading.light.sunDirection).transformDirection(camera.matrixWorldInverse);
      const focal = 1 / Math.tan((camera.fov * Math.PI) / 360);
      const ahead = Math.max(0.05, -sun.z);
      const strength = glare * smoothStep(0.35, 0.97, -sun.z);
      state.value.set((focal * sun.x) / ahead, (focal * sun.y) / ahead, strength, time % 60);
      if (!drops) return;
      const { count } = drops.geometry.index!;
      const pattern = Math.floor(time / WIPE) % PATTERNS;
      drops.geometry.setDrawRange((pattern * count) / PATTERNS, count / PATTERNS);
    },
  };
}

function onTop(mesh: Mesh): Mesh {
  const material = mesh.material as Material;
  material.transparent = true;
  material.depthTest = false;
  material.depthWrite = false;
  mesh.frustumCulled = false;
  mesh.matrixAutoUpdate = false;
  mesh.renderOrder = 20;
  return mesh;
}

function wholePicture(): BufferGeometry {
  const builder = new MeshBuilder();
  const corner = (x: number, y: number) => builder.vertex(x, y, 0, 0, 0, 1, 1, 1, 1, 1);
  builder.quad(corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1));
  return builder.build();
}

function veil(shading: Shading, rain: number, state: ReturnType<typeof uniform<'vec4', Vector4>>, aspect: unknown) {
  const material = new MeshBasicNodeMaterial();
  material.fog = false;
  material.vertexNode = vec4(positionGeometry.xy, 0, 1);
  const place = varying(positionGeometry.xy.mul(vec2(aspect as FloatNode, 1)));
  const away = place.sub(state.xy);
  const square = away.dot(away);
  const disc = exp2(square.mul(-9)).mul(0.85);
  const halo = square.mul(1.4).add(1).reciprocal().mul(0.5);
  const glare = clamp(disc.add(halo).mul(state.z), 0, 0.97) as unknown as FloatNode;
  const warm = mix(tint(shading.light.horizon), tint(shading.light.sun), 0.7).mul(1.6);
  const streaks = rain > 0 ? fallingRain(shading, rain, place as never, state.w as unknown as FloatNode) : float(0);
  const both = glare.add(streaks).sub(glare.mul(streaks));
  material.opacityNode = both;
  material.colorNode = warm.mul(glare).add(tint(shading.light.horizon).mul(1.1).mul(streaks)).div(max(both, 1e-3));
  return material;
}

/** Streaks at two distances, out of the grain's fine noise drawn out downwards. */
function fallingRain(
  shading: Shading,
  rain: number,
  place: { x: FloatNode; y: FloatNode },
  time: FloatNode,
): FloatNode {
  const layer = (columns: number, stretch: number, speed: number, slant: number) => {
    const across = place.x.mul(columns).add(place.y.mul(slant));
    return texture(shading.grain, vec2(across, place.y.mul(stretch).add(time.mul(speed)))).r;
  };
  const strength = Math.min(0.5, 0.1 + 0.014 * rain);
  const threshold = 0.68 - Math.min(0.1, 0.004 * rain);
  const far = clamp(layer(0.31, 0.03, 2.3, 0.012).sub(threshold).mul(5), 0, 1);
  const near = clamp(
    layer(0.17, 0.012, 1.7, 0.02)
      .sub(threshold + 0.03)
      .mul(5),
    0,
    1,
  );
  return far.mul(0.6).add(near).mul(strength) as unknown as FloatNode;
}

function dropMaterial(aspect: unknown): MeshBasicNodeMaterial {
  const material = new MeshBasicNodeMaterial();
  material.fog = false;
  material.vertexNode = vec4(positionGeometry.x.div(aspect as FloatNode), positionGeometry.y, 0, 1);
  const { xyz, w } = attributeOf('color');
  material.colorNode = varying(xyz.mul(xyz)) as unknown as Vec3Node;
  material.opacityNode = varying(w);
  return material;
}

/** Each drop is a lens that shows the world upside down: the road above, the sky below. */
function buildDrops({ light, palette }: Shading, rain: number, seed: number): BufferGeometry {
  const builder = new MeshBuilder();
  const stream = createStream(seed, 'scene/drops');
  const ground = palette.asphalt.clone().multiply(light.sky.clone().add(light.bounce)).multiplyScalar(0.8);
  const count = Math.min(60, Math.round(8 + 1.6 * rain));
  for (let i = 0; i < count * PATTERNS; i++) {
    const [x, y] = [stream.uniform(-2.8, 2.8), stream.uniform(-1, 1)];
    const size = 0.025 + 0.09 * stream.uniform() ** 2;
    const tall = stream.uniform(1, 1.5);
    const put = (u: number, v: number, opacity: number) => {
      const { r, g, b } = light.horizon.clone().lerp(ground, Math.min(1, Math.max(0, 0.5 + 0.75 * v)));
      return builder.vertex(x + u * size, y + v * size * tall, 0, 0, 0, 1, r, g, b, opacity);
    };
    const ring = (share: number, opacity: number) =>
      Array.from({ length: SIDES }, (_, side) => {
        const angle = (2 * Math.PI * side) / SIDES;
        return put(Math.cos(angle) * share, Math.sin(angle) * share, opacity);
      });
    const middle = put(0, 0, 0.75);
    const body = ring(0.78, 0.75);
    const rim = ring(1, 0);
    for (let side = 0; side < SIDES; side++) {
      const next = (side + 1) % SIDES;
      builder.triangle(middle, body[side]!, body[next]!);
      builder.quad(body[side]!, rim[side]!, rim[next]!, body[next]!);
    }
  }
  return builder.build();
}
