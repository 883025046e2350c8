import { cameraPosition, clamp, max, mix, positionGeometry, vec3 } from 'three/tsl';
import {
  attributeOf,
  type FloatNode,
  interpolated,
  type Shading,
  tint,
  type Vec3Node,
  type Vec4Node,
} from '../shading.ts';

/** Albedo of snow that has lain for a while, and of leaves, linear. */
const SNOW = [0.84, 0.87, 0.92] as const;
const BROWN = [0.13, 0.055, 0.018] as const;
const ORANGE = [0.5, 0.2, 0.03] as const;

const node = (value: unknown): Vec3Node => value as Vec3Node;
const constant = ([r, g, b]: readonly [number, number, number]): Vec3Node => node(vec3(r, g, b));

/**
 * A lit surface of the ground under snow and leaves; itself where there is neither.
 * @param light on a white surface here
 * @param driven how much wheels keep it free, 0 to 1
 */
export function covered(
  { weather }: Shading,
  surface: Vec3Node,
  { lightHere }: Pick<Shading, 'lightHere'>,
  grain: Vec4Node,
  driven?: FloatNode,
): Vec3Node {
  const { snow, leaves } = weather;
  let shown = surface;
  if (leaves > 0) {
    const colour = mix(constant(BROWN), constant(ORANGE), grain.b.mul(grain.g).mul(2.2)).mul(lightHere);
    const density = grain.g
      .add(grain.r)
      .mul(0.62)
      .sub(1.02 - 0.62 * leaves);
    const swept = driven ? density.sub(driven.mul(0.12)) : density;
    shown = node(mix(shown, colour, clamp(swept.mul(7), 0, 1).max(grain.b.mul(0.45 * leaves))));
  }
  if (snow > 0) {
    const white = constant(SNOW).mul(lightHere).mul(grain.g.mul(0.25).add(0.88));
    const depth = grain.b
      .mul(0.6)
      .add(grain.r.mul(0.4))
      .oneMinus()
      .add(1.5 * snow - 1);
    const worn = driven ? depth.sub(driven.mul(0.68)) : depth;
    shown = node(mix(shown, white, clamp(worn.mul(2.5), 0, 1)));
  }
  return shown;
}

/** Snow on what looks up, as an albedo per vertex. */
export function snowOnTop({ weather: { snow } }: Shading, albedo: Vec3Node): Vec3Node {
  if (snow === 0) return albedo;
  const share = clamp(attributeOf('normal').z.mul(1.5).sub(0.35), 0, 0.95).mul(snow);
  return node(mix(albedo, constant(SNOW), share));
}

/**
 * Wet pavement in this light: darker, for water fills its pores, and at a flat angle a mirror of the sky. Reflectance by
 * Schlick's approximation for water (An Inexpensive BRDF Model, 1994), less what the roughness scatters.
 */
export function wetted(
  { weather: { wetness }, light }: Shading,
  albedo: Vec3Node,
  lit: Vec3Node,
  grain: Vec4Node,
): Vec3Node {
  const dry = node(albedo.mul(lit));
  if (wetness === 0) return dry;
  const towards = interpolated(node(cameraPosition.sub(positionGeometry)));
  const cosine = max(towards.z.div(towards.length()), 0);
  const reflectance = cosine.oneMinus().pow(5).mul(0.98).add(0.02);
  // The film is thicker in the blotches' hollows.
  const film = clamp(grain.b.mul(-0.7).add(0.45 + 0.65 * wetness), 0.25, 1).mul(0.8 * wetness);
  const mirrored = mix(tint(light.horizon), tint(light.zenith), clamp(cosine.mul(2.2), 0, 1)).mul(0.92);
  return node(mix(dry.mul(1 - 0.55 * wetness), mirrored, reflectance.mul(film)));
}
