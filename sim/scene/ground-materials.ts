import { clamp, float, max, mix, uniform, varying, vec3 } from 'three/tsl';
import type { MeshBasicNodeMaterial } from 'three/webgpu';
import type { Track } from '../track/track.ts';
import { twoTonesOf } from './palette.ts';
import { MARKS, MAX_MARKINGS, WEARS, wearsOf } from './road-ribbon.ts';
import { attributeOf, coverage, type FloatNode, type Shading, tint, type Vec3Node, type Vec4Node } from './shading.ts';
import { covered, snowOnTop, wetted } from './weather/surface-weather.ts';

/** Lengths of dash and gap of a dashed line [m]: common in Europe outside towns (e.g. RMS-1, 4 m and 8 m). */
const DASH = 4;
const PERIOD = 12;
/** Distance of the wheels from the middle of the car [m]; there the asphalt is darker. */
const HALF_GAUGE = 0.76;
/** Length of a slab of concrete [m], and how much lighter it is than asphalt. */
const SLAB = 5;
const CONCRETE = 2.1;

/** Grass and fields away from the road. */
export function createLandMaterial(shading: Shading): MeshBasicNodeMaterial {
  const grain = shading.grainHere;
  return shading.material(covered(shading, grass(shading, grain), shading, grain));
}

/** The plain land and road of a training loop. */
export function createTwoToneMaterials(shading: Shading, colourSeed: number) {
  const { road, ground } = twoTonesOf(colourSeed);
  const light = shading.lightHere;
  const { y, z } = attributeOf('road');
  const inside = y.min(z) as unknown as FloatNode;
  const footprint = max(length2(inside.dFdx(), inside.dFdy()), 1e-4) as unknown as FloatNode;
  const paved = clamp(inside.div(footprint).add(0.5), 0, 1);
  const plain = shading.grainHere;
  const surface = mix(tint(ground), tint(road), paved).mul(light) as unknown as Vec3Node;
  return {
    land: shading.material(covered(shading, tint(ground).mul(light) as unknown as Vec3Node, shading, plain)),
    // Snow lies thinner on the road, or there would be none to see.
    road: shading.material(covered(shading, surface, shading, plain, paved.mul(0.85) as unknown as FloatNode)),
  };
}

/** Black of varying density over the ground. */
export function createShadowMaterial(shading: Shading): MeshBasicNodeMaterial {
  const material = shading.material(vec3(0) as unknown as Vec3Node);
  const colour = attributeOf('color');
  material.colorNode = vec3(0);
  material.opacityNode = varying(colour.w).mul(shading.fogHere.oneMinus());
  material.transparent = true;
  material.depthWrite = false;
  material.polygonOffset = true;
  material.polygonOffsetFactor = -1;
  material.polygonOffsetUnits = -4;
  return material;
}

/** Trees, houses and everything else whose vertices bring their colour. */
export function createSceneryMaterial(shading: Shading): MeshBasicNodeMaterial {
  const { xyz, w } = attributeOf('color');
  // Stored as its square root.
  const albedo = snowOnTop(shading, xyz.mul(xyz) as unknown as Vec3Node);
  const lit = shading.dark ? shading.lit(albedo).add(glow(albedo)) : shading.lit(albedo);
  // Leaves mottle what they cover; the grain is looked up across an upright plane.
  const mottle = shading.uprightGrain.g.sub(0.5).mul(varying(w).mul(1.5)).add(1);
  return shading.material(lit.mul(mottle) as unknown as Vec3Node);
}

/** What gives light of its own; how much, stands in the fourth component of the normal. */
function glow(albedo: Vec3Node): Vec3Node {
  // Dark window panes have lamps behind them.
  return varying(mix(albedo, vec3(1, 0.72, 0.38), 0.25).mul(max(attributeOf('normal').w, 0))) as unknown as Vec3Node;
}

/** Asphalt with markings, gravel shoulders and grass, told apart by the lateral offset within the shader. */
export function createRoadMaterial(shading: Shading, track: Track): MeshBasicNodeMaterial {
  const { palette } = shading;
  const grain = shading.grainHere;
  const road = attributeOf('road');
  const lateral = road.x as unknown as FloatNode;
  const s = road.w as unknown as FloatNode;
  // Metres per pixel across and along the road.
  const across = max(length2(lateral.dFdx(), lateral.dFdy()), 1e-4) as unknown as FloatNode;
  const along = max(length2(s.dFdx(), s.dFdy()), 1e-4) as unknown as FloatNode;
  // Distance to the nearer paved edge, inwards positive.
  const inside = road.y.min(road.z);

  const wheels = lateral
    .abs()
    .sub(uniform(Math.abs(track.laneCentre(0))))
    .abs()
    .sub(HALF_GAUGE)
    .abs();
  const polish = clamp(wheels.mul(-2.2).add(1), 0, 1).mul(0.09).oneMinus();
  const patches = attributeOf('normal').w.mul(0.3).add(0.86);
  const mineral = tint(palette.asphalt).mul(grain.r.mul(0.55).add(0.72).mul(polish).mul(varying(patches)));
  const asphalt = track.surfaceKind === 'concrete' ? slabs(mineral as unknown as Vec3Node, s, along) : mineral;
  const painted = paint(track, shading, s, across, along, asphalt as unknown as Vec3Node, grain);
  const gravel = tint(palette.gravel).mul(grain.r.mul(0.9).add(grain.g.mul(0.5)).add(0.3));
  const light = shading.lightHere;
  // The grass grows into the gravel irregularly.
  const ragged = inside.add(track.shoulderWidth).add(grain.g.add(grain.b).sub(1).mul(0.8));
  const bare = clamp(ragged.div(across.max(0.15)).add(0.5), 0, 1);
  const pavement = clamp(inside.div(across).add(0.5), 0, 1);
  const beside = mix(grass(shading, grain), gravel.mul(light), bare);
  const paved = wetted(shading, painted, light, grain);
  const surface = mix(beside, paved, pavement) as unknown as Vec3Node;
  const driven = clamp(wheels.mul(-2.2).add(1.3), 0, 1).mul(pavement) as unknown as FloatNode;
  return shading.material(covered(shading, surface, shading, grain, driven));
}

function grass(shading: Shading, grain: Vec4Node): Vec3Node {
  return shading.grassHere.mul(grain.g.mul(0.9).add(grain.b.mul(0.35)).add(0.38)) as unknown as Vec3Node;
}

/** Concrete: lighter than asphalt, in slabs of 5 m with dark joints. */
function slabs(mineral: Vec3Node, s: FloatNode, along: FloatNode): Vec3Node {
  const phase = s.div(SLAB).fract().sub(0.5).mul(SLAB) as unknown as FloatNode;
  const joint = coverage(phase, 0.03, along);
  return mineral.mul(CONCRETE).mul(joint.mul(-0.45).add(1)) as unknown as Vec3Node;
}

function paint(
  track: Track,
  shading: Shading,
  s: FloatNode,
  across: FloatNode,
  along: FloatNode,
  asphalt: Vec3Node,
  grain: Vec4Node,
): Vec3Node {
  const wears = wearsOf(track);
  // Worn paint lets the asphalt through in spots.
  const wear = clamp(grain.r.add(grain.b).mul(0.55).add(0.45), 0, 1);
  let colour = asphalt;
  track.markings.slice(0, MAX_MARKINGS).forEach((marking, k) => {
    const distance = component(MARKS[k >> 2]!, k);
    const half = uniform(marking.width / 2) as unknown as FloatNode;
    let share: FloatNode;
    if (marking.style === 'double-solid') {
      // Two stripes with a gap of one stripe's width.
      share = coverage(distance.abs().sub(uniform(marking.width)) as unknown as FloatNode, half, across);
    } else {
      share = coverage(distance, half, across);
      if (marking.style === 'dashed') {
        const phase = s
          .div(PERIOD)
          .fract()
          .mul(PERIOD)
          .sub(PERIOD / 2) as unknown as FloatNode;
        const dash = coverage(phase, DASH / 2, along);
        // Where a pixel is longer than dash and gap together, their mean is right.
        const far = clamp(along.div(PERIOD).sub(0.5).mul(2), 0, 1);
        share = share.mul(mix(dash, float(DASH / PERIOD), far)) as unknown as FloatNode;
      }
    }
    const way = marking.visibility ? wears.indexOf(marking.visibility) : -1;
    if (way >= 0) {
      // It comes off in spots, the fine grain deciding where first.
      const left = component(WEARS[way >> 2]!, way)
        .mul(1.5)
        .sub(grain.r.add(grain.b).mul(0.5))
        .mul(2);
      share = share.mul(clamp(left, 0, 1)) as unknown as FloatNode;
    }
    colour = mix(colour, tint(shading.palette[marking.colour]), share.mul(wear)) as unknown as Vec3Node;
  });
  return colour;
}

/** One of the four components of an attribute, by the number of what it holds. */
function component(name: string, k: number): FloatNode {
  const { x, y, z, w } = attributeOf(name);
  return [x, y, z, w][k % 4] as unknown as FloatNode;
}

function length2(x: FloatNode, y: FloatNode): FloatNode {
  return x.mul(x).add(y.mul(y)).sqrt() as unknown as FloatNode;
}
