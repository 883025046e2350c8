import { attribute, clamp, float, max, mix, positionWorld, texture, uniform, vec2 } from 'three/tsl';
import type { MeshBasicNodeMaterial, Node } from 'three/webgpu';
import type { Marking } from '../track/track.ts';
import { MAX_MARKINGS } from './road-ribbon.ts';
import { coverage, type FloatNode, type Shading, tint, type Vec3Node } from './shading.ts';

/** Lengths of dash and gap of a dashed line [m]: common in Europe outside towns (e.g. RMS-1, 4 m and 8 m). */
const DASH = 4;
const PERIOD = 12;

/** Asphalt with markings, gravel shoulders and grass, told apart by the lateral offset within the shader. */
export function createRoadMaterial(
  shading: Shading,
  markings: readonly Marking[],
  shoulderWidth: number,
): MeshBasicNodeMaterial {
  const { palette, grain } = shading;
  const road = attribute('road', 'vec4') as unknown as Node<'vec4'>;
  const insideLeft = road.y;
  const insideRight = road.z;
  const s = road.w;
  // Metres per pixel across and along the road.
  const across = max(length2(road.x.dFdx(), road.x.dFdy()), 1e-4) as unknown as FloatNode;
  const along = max(length2(s.dFdx(), s.dFdy()), 1e-4) as unknown as FloatNode;

  return shading.material((light) => {
    const { xy } = positionWorld;
    const close = texture(grain, xy.mul(1 / 2.9));
    const wide = texture(grain, vec2(s.mul(1 / 43), road.x.mul(1 / 19)));
    // Long streaks along the road, as tyres and rain leave them.
    const asphalt = tint(palette.asphalt).mul(close.r.mul(0.5).add(wide.b.mul(0.55)).add(wide.g.mul(0.2)).add(0.4));
    const painted = paint(markings, shading, s, across, along, asphalt as unknown as Vec3Node, wide.g);
    const gravel = tint(palette.gravel).mul(close.r.mul(0.7).add(close.g.mul(0.5)).add(0.42));
    const inside = insideLeft.min(insideRight);
    const pavement = clamp(inside.div(across).add(0.5), 0, 1);
    // The grass grows into the gravel irregularly.
    const ragged = inside.add(shoulderWidth).add(close.g.sub(0.5).mul(0.9));
    const bare = clamp(ragged.div(across.max(0.15)).add(0.5), 0, 1);
    const beside = mix(shading.grass(), gravel, bare);
    return mix(beside, painted, pavement).mul(light) as unknown as Vec3Node;
  });
}

function length2(x: FloatNode, y: FloatNode): FloatNode {
  return x.mul(x).add(y.mul(y)).sqrt() as unknown as FloatNode;
}

function paint(
  markings: readonly Marking[],
  shading: Shading,
  s: FloatNode,
  across: FloatNode,
  along: FloatNode,
  asphalt: Vec3Node,
  wear: FloatNode,
): Vec3Node {
  const slots = ['marksA', 'marksB'].map((name) => attribute(name, 'vec4') as unknown as Node<'vec4'>);
  let colour = asphalt;
  markings.slice(0, MAX_MARKINGS).forEach((marking, k) => {
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
    colour = mix(
      colour,
      tint(shading.palette[marking.colour]),
      share.mul(wear.mul(0.5).add(0.65).min(1)),
    ) as unknown as Vec3Node;
  });
  return colour;
}
