import { clamp, float, max, mix, uniform, varying, vec3 } from 'three/tsl';
import type { MeshBasicNodeMaterial } from 'three/webgpu';
import type { Track } from '../track/track.ts';
import { MAX_MARKINGS } from './road-ribbon.ts';
import { attributeOf, coverage, type FloatNode, type Shading, tint, type Vec3Node, type Vec4Node } from './shading.ts';

/** Lengths of dash and gap of a dashed line [m]: common in Europe outside towns (e.g. RMS-1, 4 m and 8 m). */
const DASH = 4;
const PERIOD = 12;
/** Distance of the wheels from the middle of the car [m]; there the asphalt is darker. */
const HALF_GAUGE = 0.76;

/** Grass and fields away from the road. */
export function createLandMaterial(shading: Shading): MeshBasicNodeMaterial {
  return shading.material(grass(shading, shading.grainHere));
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
  const lit = shading.lit(xyz.mul(xyz) as unknown as Vec3Node);
  // Leaves mottle what they cover; the grain is looked up across an upright plane.
  const mottle = shading.uprightGrain.g.sub(0.5).mul(varying(w).mul(1.5)).add(1);
  return shading.material(lit.mul(mottle) as unknown as Vec3Node);
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
  const asphalt = tint(palette.asphalt).mul(grain.r.mul(0.55).add(0.72).mul(polish).mul(varying(patches)));
  const painted = paint(track, shading, s, across, along, asphalt as unknown as Vec3Node, grain);
  const gravel = tint(palette.gravel).mul(grain.r.mul(0.9).add(grain.g.mul(0.5)).add(0.3));
  const light = shading.lightHere;
  // The grass grows into the gravel irregularly.
  const ragged = inside.add(track.shoulderWidth).add(grain.g.add(grain.b).sub(1).mul(0.8));
  const bare = clamp(ragged.div(across.max(0.15)).add(0.5), 0, 1);
  const pavement = clamp(inside.div(across).add(0.5), 0, 1);
  const beside = mix(grass(shading, grain), gravel.mul(light), bare);
  return shading.material(mix(beside, painted.mul(light), pavement) as unknown as Vec3Node);
}

function grass(shading: Shading, grain: Vec4Node): Vec3Node {
  return shading.grassHere.mul(grain.g.mul(0.9).add(grain.b.mul(0.35)).add(0.38)) as unknown as Vec3Node;
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
  const slots = ['marksA', 'marksB'].map(attributeOf);
  // Worn paint lets the asphalt through in spots.
  const wear = clamp(grain.r.add(grain.b).mul(0.55).add(0.45), 0, 1);
  let colour = asphalt;
  track.markings.slice(0, MAX_MARKINGS).forEach((marking, k) => {
    const slot = slots[k < 4 ? 0 : 1]!;
    const distance = [slot.x, slot.y, slot.z, slot.w][k % 4] as unknown as FloatNode;
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
    colour = mix(colour, tint(shading.palette[marking.colour]), share.mul(wear)) as unknown as Vec3Node;
  });
  return colour;
}

function length2(x: FloatNode, y: FloatNode): FloatNode {
  return x.mul(x).add(y.mul(y)).sqrt() as unknown as FloatNode;
}
