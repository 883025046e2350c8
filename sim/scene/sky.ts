import { clamp, dot, max, mix, normalize, positionLocal, smoothstep, texture, uniform, vec2 } from 'three/tsl';
import { BackSide, Mesh, MeshBasicNodeMaterial, SphereGeometry } from 'three/webgpu';
import { type Shading, tint } from './shading.ts';

/** A dome that travels with the camera: gradient, glow of the sun, clouds. */
export function createSky(shading: Shading, radius: number): Mesh {
  const { light } = shading;
  const direction = normalize(positionLocal);
  const up = direction.z;
  const horizon = tint(light.horizon);
  const gradient = mix(horizon, tint(light.zenith), clamp(up, 0, 1).pow(0.55));
  const towardsSun = max(dot(direction, uniform(light.sunDirection)), 0);
  const glow = tint(light.glow).mul(
    towardsSun
      .pow(9)
      .mul(0.6)
      .add(smoothstep(0.9988, 0.9994, towardsSun)),
  );
  // Clouds on a plane overhead; they grow dense towards the horizon and drown in its haze.
  const plane = direction.xy.div(max(up, 0.02).add(0.08));
  const billows = texture(shading.grain, vec2(plane).mul(0.11)).a;
  const threshold = 0.78 - 0.55 * light.cloudiness;
  const cover = smoothstep(threshold, threshold + 0.25, billows)
    .mul(smoothstep(0.01, 0.16, up))
    .mul(0.85);
  const colour = mix(gradient.add(glow), tint(light.cloud), cover);

  const material = new MeshBasicNodeMaterial();
  material.colorNode = colour;
  material.side = BackSide;
  material.depthWrite = false;
  material.depthTest = false;
  material.fog = false;
  const dome = new Mesh(new SphereGeometry(radius, 24, 12), material);
  dome.renderOrder = -1;
  dome.frustumCulled = false;
  return dome;
}
