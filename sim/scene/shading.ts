import {
  attribute,
  cameraPosition,
  cameraProjectionMatrix,
  cameraViewMatrix,
  clamp,
  dot,
  exp2,
  float,
  max,
  mix,
  positionGeometry,
  smoothstep,
  texture,
  uniform,
  varying,
  vec2,
  vec3,
  vec4,
} from 'three/tsl';
import { type Color, type DataTexture, MeshBasicNodeMaterial, type Node } from 'three/webgpu';
import type { WeatherConditions } from '../conditions/conditions.ts';
import type { Light } from './light.ts';
import type { Palette } from './palette.ts';

export type FloatNode = Node<'float'>;
export type Vec3Node = Node<'vec3'>;
export type Vec4Node = Node<'vec4'>;

/** What the weather leaves on surfaces. */
export type SurfaceWeather = Pick<WeatherConditions, 'wetness' | 'snow' | 'leaves'>;

export const DRY: SurfaceWeather = { wetness: 0, snow: 0, leaves: 0 };

/**
 * What all surfaces of one scene share: light, colours and the grain texture, as values a shader can read. Everything
 * that can be is computed per vertex; a pixel of ground costs one look into a texture. Meshes lie in world coordinates.
 */
export class Shading {
  readonly light: Light;
  readonly palette: Palette;
  readonly grain: DataTexture;
  readonly weather: SurfaceWeather;
  readonly #uniforms;
  /** The headlamps are on. */
  readonly #dark: boolean;

  constructor(light: Light, palette: Palette, grain: DataTexture, weather: SurfaceWeather = DRY) {
    this.weather = weather;
    this.light = light;
    this.palette = palette;
    this.grain = grain;
    this.#uniforms = {
      sunDirection: uniform(light.sunDirection),
      sun: tint(light.sun),
      sky: tint(light.sky),
      bounce: tint(light.bounce),
      horizon: tint(light.horizon),
      fogDensity: uniform(1 / light.visibility),
      grass: tint(palette.grass),
      dryGrass: tint(palette.dryGrass),
      headlamps: tint(light.headlamps),
    };
    this.#dark = light.headlamps.r > 0;
  }

  /** A surface of this albedo, which is computed per vertex, in the light of this place. */
  lit(albedo: Vec3Node): Vec3Node {
    const normal = attributeOf('normal').xyz as unknown as Vec3Node;
    const byDay = interpolated(albedo.mul(this.#lightAt(normal)) as unknown as Vec3Node);
    if (!this.#dark) return byDay;
    return byDay.add(interpolated(albedo).mul(this.#beam)) as unknown as Vec3Node;
  }

  /** The headlamps are on, and what glows can be seen to. */
  get dark(): boolean {
    return this.#dark;
  }

  /** The light that a white surface throws back. */
  get lightHere(): Vec3Node {
    return this.lit(vec3(1) as unknown as Vec3Node);
  }

  /** Lit grass; the fourth component of the normal says how dry it is, 0 to 1. */
  get grassHere(): Vec3Node {
    const { w } = attributeOf('normal');
    const { grass, dryGrass } = this.#uniforms;
    const dryness = smoothstep(0.3, 0.8, w).mul(0.65);
    return this.lit(mix(grass, dryGrass, dryness).mul(w.mul(0.5).add(0.75)) as unknown as Vec3Node);
  }

  /**
   * The headlamps' light at this pixel, as if they sat beside the camera: a flat beam that widens and fades with the
   * square of the distance. What lies flat is lit by scattering as much as by Lambert's law, so the normal is left out.
   */
  get #beam(): Vec3Node {
    const seen = varying(cameraViewMatrix.mul(vec4(positionGeometry, 1)).xyz) as unknown as Vec3Node;
    const depth = max(seen.z.negate(), 0.5);
    const side = seen.x.div(depth);
    const rise = seen.y.add(0.7).div(depth);
    // Dipped: little goes above the horizon.
    const upper = clamp(rise.mul(-7).add(0.75), 0.08, 1);
    const width = exp2(side.mul(side).mul(-5.5));
    const faded = depth.mul(depth).div(260).add(0.45).reciprocal();
    return this.#uniforms.headlamps.mul(width.mul(upper).mul(faded)) as unknown as Vec3Node;
  }

  /** The grain of the ground at this pixel: red fine, green tufts, blue blotches, each with mean 0.5. */
  get grainHere(): Vec4Node {
    return texture(this.grain, varying(positionGeometry.xy.mul(1 / 3.7))) as unknown as Vec4Node;
  }

  /** The same grain for things that stand up. */
  get uprightGrain(): Vec4Node {
    const { x, y, z } = positionGeometry;
    return texture(this.grain, varying(vec2(x.add(y).mul(0.23), z.mul(0.31)))) as unknown as Vec4Node;
  }

  /** Tells a material how its vertices reach the screen and what its surface looks like before the fog. */
  apply(material: MeshBasicNodeMaterial, surface: Vec3Node): MeshBasicNodeMaterial {
    material.fog = false;
    material.vertexNode = cameraProjectionMatrix.mul(cameraViewMatrix.mul(vec4(positionGeometry, 1)));
    material.colorNode = mix(surface, this.#uniforms.horizon, this.fogHere);
    return material;
  }

  /** Share of the light from here that the haze has replaced by its own, per vertex. */
  get fogHere(): FloatNode {
    const distance = positionGeometry.sub(cameraPosition).length();
    const share = exp2(distance.mul(this.#uniforms.fogDensity).negate()).oneMinus();
    return varying(share) as unknown as FloatNode;
  }

  /** A material of this surface. */
  material(surface: Vec3Node): MeshBasicNodeMaterial {
    return this.apply(new MeshBasicNodeMaterial(), surface);
  }

  /** Lambert's law for the sun, two half-spheres for sky and ground. */
  #lightAt(normal: Vec3Node): Vec3Node {
    const { sun, sunDirection, bounce, sky } = this.#uniforms;
    const direct = sun.mul(max(dot(normal, sunDirection), 0));
    const around = mix(bounce, sky, normal.z.mul(0.5).add(0.5));
    return direct.add(around) as unknown as Vec3Node;
  }
}

/** A colour as a value that a shader reads. */
export function tint(colour: Color): Vec3Node {
  return uniform(colour) as unknown as Vec3Node;
}

/** An attribute of four components. */
export function attributeOf(name: string): Vec4Node {
  return attribute(name, 'vec4') as unknown as Vec4Node;
}

/** Computed per vertex, interpolated between. */
export function interpolated(node: Vec3Node): Vec3Node {
  return varying(node) as unknown as Vec3Node;
}

/**
 * Share of a pixel that lies within ±half of a line, by the box filter over the pixel's width: paint narrower than a
 * pixel fades instead of flickering.
 */
export function coverage(distance: FloatNode, half: number | FloatNode, footprint: FloatNode): FloatNode {
  const reach = footprint.mul(0.5);
  const to = distance.add(reach).min(half as FloatNode);
  const from = distance.sub(reach).max(float(half as FloatNode).negate());
  return clamp(to.sub(from).div(footprint), 0, 1) as unknown as FloatNode;
}
