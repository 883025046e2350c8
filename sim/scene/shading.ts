import {
  attribute,
  cameraPosition,
  clamp,
  dot,
  exp2,
  float,
  max,
  mix,
  normalize,
  positionWorld,
  smoothstep,
  texture,
  uniform,
  varying,
  vec3,
} from 'three/tsl';
import { type Color, type DataTexture, MeshBasicNodeMaterial, type Node } from 'three/webgpu';
import type { Light } from './light.ts';
import type { Palette } from './palette.ts';

export type FloatNode = Node<'float'>;
export type Vec3Node = Node<'vec3'>;

/** What all surfaces of one scene share: light, colours and the grain texture, as values a shader can read. */
export class Shading {
  readonly light: Light;
  readonly palette: Palette;
  readonly grain: DataTexture;
  readonly #sunDirection;
  readonly #sun;
  readonly #sky;
  readonly #bounce;
  readonly #horizon;
  readonly #fogDensity;

  constructor(light: Light, palette: Palette, grain: DataTexture) {
    this.light = light;
    this.palette = palette;
    this.grain = grain;
    this.#sunDirection = uniform(light.sunDirection);
    this.#sun = uniform(light.sun);
    this.#sky = uniform(light.sky);
    this.#bounce = uniform(light.bounce);
    this.#horizon = uniform(light.horizon);
    this.#fogDensity = uniform(1 / light.visibility);
  }

  /** A material without three's own lights: everything that can be is computed per vertex, once. */
  material(surface: (light: Vec3Node) => Vec3Node): MeshBasicNodeMaterial {
    const material = new MeshBasicNodeMaterial();
    material.fog = false;
    // biome-ignore lint/suspicious/noExplicitAny: the type of an attribute is its name at run time
    const normal = (attribute('normal', 'vec4') as any).xyz as Vec3Node;
    const lit = surface(varying(this.lightAt(normal)) as unknown as Vec3Node);
    material.colorNode = this.fogged(lit);
    return material;
  }

  /** Light that a white surface throws back: Lambert's law for the sun, two half-spheres for sky and ground. */
  lightAt(normal: Vec3Node): Vec3Node {
    const n = normalize(normal);
    const sun = this.#sun.mul(max(dot(n, this.#sunDirection), 0));
    const around = mix(this.#bounce, this.#sky, n.z.mul(0.5).add(0.5));
    return vec3(sun.add(around)) as unknown as Vec3Node;
  }

  /** Distance takes contrast away; computed per vertex. */
  fogged(colour: Vec3Node): Vec3Node {
    const distance = positionWorld.sub(cameraPosition).length();
    const share = varying(exp2(distance.mul(this.#fogDensity).negate()).oneMinus());
    return mix(colour, this.#horizon, share) as unknown as Vec3Node;
  }

  /** Grass as seen at a place in the world; `dryness` 0 lush, 1 dry. */
  grass(): Vec3Node {
    const { xy } = positionWorld;
    const wide = texture(this.grain, xy.mul(1 / 61));
    const close = texture(this.grain, xy.mul(1 / 5.3));
    const dryness = smoothstep(0.35, 0.8, wide.b);
    const colour = mix(tint(this.palette.grass), tint(this.palette.dryGrass), dryness.mul(0.6));
    const tufts = close.g.mul(0.75).add(wide.g.mul(0.45)).add(0.4);
    return colour.mul(tufts) as unknown as Vec3Node;
  }
}

/** A colour as a value that a shader reads. */
export function tint(colour: Color): Vec3Node {
  return uniform(colour) as unknown as Vec3Node;
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
