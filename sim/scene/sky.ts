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
import { Mesh, MeshBasicNodeMaterial } from 'three/webgpu';
import { MeshBuilder } from './mesh-builder.ts';
import { createNoise, fractal } from './noise.ts';
import { attributeOf, type Shading, tint, type Vec3Node } from './shading.ts';

/** Elevations of the dome's rings [rad]; dense where the colours change. */
const RINGS = [-0.5, -0.06, 0, 0.03, 0.07, 0.13, 0.22, 0.36, 0.6, 1, Math.PI / 2];
const SECTORS = 40;
const HILL_SECTORS = 180;

/** What is infinitely far: a dome with gradient, glow and clouds, and two ranges of hills before it. */
export function createSky(shading: Shading, clouds: boolean): Mesh {
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
  material.vertexNode = cameraProjectionMatrix.mul(vec4(turned, 1));
  material.depthWrite = false;
  material.depthTest = false;
  material.fog = false;
  const dome = new Mesh(buildDome(shading), material);
  dome.renderOrder = -1;
  dome.frustumCulled = false;
  dome.matrixAutoUpdate = false;
  return dome;
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

function buildDome(shading: Shading) {
  const builder = new MeshBuilder();
  const { light, palette } = shading;
  let below: number[] = [];
  for (const elevation of RINGS) {
    const ring: number[] = [];
    for (let sector = 0; sector <= SECTORS; sector++) {
      const [x, y, z] = onDome((2 * Math.PI * sector) / SECTORS, elevation);
      ring.push(builder.vertex(x, y, z, 0, 0, 0, 0, 0, 0, 0));
    }
    for (let sector = 0; sector < SECTORS && below.length > 0; sector++) {
      // Seen from inside.
      builder.quad(below[sector]!, ring[sector]!, ring[sector + 1]!, below[sector + 1]!);
    }
    below = ring;
  }
  const noise = createNoise(Math.round(palette.hills.r * 1e6), 'distant hills');
  const lit = light.sky.clone().multiplyScalar(0.6).add(light.sun.clone().multiplyScalar(0.45));
  for (const [range, [haze, height, base]] of (
    [
      [0.82, 0.1, 0.016],
      [0.62, 0.055, 0.004],
    ] as const
  ).entries()) {
    const tone = palette.hills.clone().multiply(lit).lerp(light.horizon, haze);
    const foot = tone.clone().lerp(light.horizon, 0.35);
    for (let sector = 0; sector < HILL_SECTORS; sector++) {
      const corners: number[] = [];
      for (const end of [sector, sector + 1]) {
        const angle = (2 * Math.PI * end) / HILL_SECTORS;
        // On a circle in the noise's plane the two ends of the range meet.
        const profile = fractal(noise, 9 + 5 * Math.cos(angle) + range * 20, 9 + 5 * Math.sin(angle), 4);
        const crest = base + height * Math.max(0, profile - 0.3);
        for (const [elevation, colour] of [
          [-0.1, foot],
          [crest, tone],
        ] as const) {
          const [x, y, z] = onDome(angle, elevation);
          corners.push(builder.vertex(x, y, z, 0, 0, 0, colour.r, colour.g, colour.b, 1));
        }
      }
      builder.quad(corners[0]!, corners[1]!, corners[3]!, corners[2]!);
    }
  }
  return builder.build();
}

/** A point of the dome; its radius lies between any near and far plane. */
function onDome(azimuth: number, elevation: number): [number, number, number] {
  const radius = 100;
  const across = Math.cos(elevation) * radius;
  return [Math.cos(azimuth) * across, Math.sin(azimuth) * across, Math.sin(elevation) * radius];
}
