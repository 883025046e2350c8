import {
  cameraProjectionMatrix,
  cameraViewMatrix,
  clamp,
  dot,
  max,
  mix,
  normalize,
  positionGeometry,
  smoothstep,
  texture,
  uniform,
  varying,
  vec4,
} from 'three/tsl';
import { type BufferGeometry, type Color, Mesh, MeshBasicNodeMaterial, type PerspectiveCamera } from 'three/webgpu';
import { MeshBuilder } from './mesh-builder.ts';
import { createNoise, fractal } from './noise.ts';
import { attributeOf, type Shading, tint, type Vec3Node } from './shading.ts';

/** Elevations of the dome's rings [rad]; dense where the colours change. */
const RINGS = [-0.5, -0.05, 0, 0.04, 0.1, 0.2, 0.36, 0.62, 1, Math.PI / 2];
const SECTORS = 30;
/** Pieces of hill in a sector. */
const HILLS = 4;

export interface Sky {
  readonly mesh: Mesh;
  /** Draws only the half that the camera may see. */
  face(camera: PerspectiveCamera): void;
}

/** What is infinitely far: a dome with gradient, glow and clouds, and two ranges of hills before it. */
export function createSky(shading: Shading, clouds: boolean): Sky {
  const dome = new Mesh(buildDome(shading), createSkyMaterial(shading, clouds));
  dome.renderOrder = 9;
  dome.frustumCulled = false;
  dome.matrixAutoUpdate = false;
  const sectorLength = dome.geometry.index!.count / (2 * SECTORS);
  return {
    mesh: dome,
    face(camera) {
      const e = camera.matrixWorld.elements;
      // Steeply tilted cameras see all around.
      const level = Math.abs(e[10]!) < 0.5;
      const facing = (Math.atan2(-e[9]!, -e[8]!) / (2 * Math.PI)) * SECTORS;
      const from = (((Math.floor(facing - SECTORS / 4) % SECTORS) + SECTORS) % SECTORS) * sectorLength;
      dome.geometry.setDrawRange(level ? from : 0, (level ? SECTORS / 2 + 1 : SECTORS) * sectorLength);
    },
  };
}

/** What the dome is made of. @param clouds costs a look into the grain for each pixel of sky */
export function createSkyMaterial(shading: Shading, clouds: boolean): MeshBasicNodeMaterial {
  const { light } = shading;
  const direction = normalize(positionGeometry);
  const up = direction.z;
  const gradient = mix(tint(light.horizon), tint(light.zenith), clamp(up, 0, 1).pow(0.55));
  const towardsSun = max(dot(direction, uniform(light.sunDirection)), 0);
  const glow = tint(light.glow).mul(towardsSun.pow(12).mul(0.55).add(towardsSun.pow(140).mul(0.5)));
  const own = attributeOf('color');
  const hill = own.xyz.mul(own.xyz);
  // alpha says how much of a vertex is hill.
  const clear = varying(mix(gradient.add(glow), hill, own.w)) as unknown as Vec3Node;

  const material = new MeshBasicNodeMaterial();
  material.colorNode = clouds ? cloudy(shading, clear, own.w as never) : clear;
  const turned = cameraViewMatrix.mul(vec4(positionGeometry, 0)).xyz;
  // At the far plane whatever its size; drawn last, so that no pixel of sky is computed that something covers.
  const { x, y, w } = cameraProjectionMatrix.mul(vec4(turned, 1));
  material.vertexNode = vec4(x, y, w, w);
  material.depthWrite = false;
  material.fog = false;
  return material;
}

/** Clouds on a plane overhead, which drown in the haze towards the horizon. */
function cloudy(shading: Shading, clear: Vec3Node, hill: Vec3Node): Vec3Node {
  const { light } = shading;
  const direction = normalize(positionGeometry);
  const plane = varying(direction.xy.div(max(direction.z, 0.0).add(0.1)).mul(0.11));
  const billows = texture(shading.grain, plane).a;
  const threshold = 0.8 - 0.6 * light.cloudiness;
  const low = varying(
    smoothstep(0.0, 0.2, direction.z)
      .mul(0.9)
      .mul((hill as never as typeof direction.z).oneMinus()),
  );
  const cover = clamp(billows.sub(threshold).mul(4), 0, 1).mul(low);
  const shaded = tint(light.cloud).mul(billows.sub(threshold).mul(-0.35).add(1));
  return mix(clear, shaded, cover) as unknown as Vec3Node;
}

/** The dome sector by sector, twice around, so that any half of it is one piece of the index. */
function buildDome(shading: Shading): BufferGeometry {
  const builder = new MeshBuilder();
  const { light, palette } = shading;
  const noise = createNoise(Math.round(palette.hills.r * 1e6), 'distant hills');
  const lit = light.sky.clone().multiplyScalar(0.6).add(light.sun.clone().multiplyScalar(0.45));
  const ranges = [
    { away: 2600, height: 0.1, base: 0.016, place: 9 },
    { away: 1200, height: 0.055, base: 0.004, place: 29 },
  ].map((range) => {
    const crest = palette.hills
      .clone()
      .multiply(lit)
      .lerp(light.horizon, 1 - 2 ** (-range.away / light.visibility));
    return { ...range, crest, foot: crest.clone().lerp(light.horizon, 0.35) };
  });
  const sky = (sector: number, elevation: number) => {
    const [x, y, z] = onDome((2 * Math.PI * sector) / SECTORS, elevation);
    return builder.vertex(x, y, z, 0, 0, 0, 0, 0, 0, 0);
  };
  const hill = (sector: number, elevation: number, { r, g, b }: Color) => {
    const [x, y, z] = onDome((2 * Math.PI * sector) / SECTORS, elevation);
    return builder.vertex(x, y, z, 0, 0, 0, r, g, b, 1);
  };
  for (let sector = 0; sector < SECTORS; sector++) {
    let below: [number, number] | undefined;
    for (const elevation of RINGS) {
      const above: [number, number] = [sky(sector, elevation), sky(sector + 1, elevation)];
      // Counter-clockwise as seen from inside.
      if (below) builder.quad(below[1], below[0], above[0], above[1]);
      below = above;
    }
    for (const range of ranges) {
      for (let piece = 0; piece < HILLS; piece++) {
        const [from, to] = [sector + piece / HILLS, sector + (piece + 1) / HILLS];
        const crest = (at: number) => {
          const angle = (2 * Math.PI * at) / SECTORS;
          // On a circle in the noise's plane the two ends of the range meet.
          const profile = fractal(noise, range.place + 5 * Math.cos(angle), 9 + 5 * Math.sin(angle), 4);
          return range.base + range.height * Math.max(0, profile - 0.3);
        };
        builder.quad(
          hill(to, -0.1, range.foot),
          hill(from, -0.1, range.foot),
          hill(from, crest(from), range.crest),
          hill(to, crest(to), range.crest),
        );
      }
    }
  }
  const geometry = builder.build();
  const once = [...geometry.index!.array];
  geometry.setIndex([...once, ...once]);
  return geometry;
}

/** A point of the dome; its radius lies between any near and far plane. */
function onDome(azimuth: number, elevation: number): [number, number, number] {
  const radius = 100;
  const across = Math.cos(elevation) * radius;
  return [Math.cos(azimuth) * across, Math.sin(azimuth) * across, Math.sin(elevation) * radius];
}
