/** Which colour of an item a vertex takes. */
export type Slot = 0 | 1 | 2 | 3 | 4;

/** The shape of a thing of height 1 that stands at the origin; items scale, turn and colour it. */
export interface Template {
  /** x, y, z of each vertex. */
  readonly positions: number[];
  readonly normals: number[];
  /** Share of light that reaches the vertex, 0 to about 1.2: what leaves and corners take away, with some mottling. */
  readonly shades: number[];
  readonly slots: Slot[];
  readonly indices: number[];
}

export function emptyTemplate(): Template {
  return { positions: [], normals: [], shades: [], slots: [], indices: [] };
}

function push(
  t: Template,
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
  shade: number,
  slot: Slot,
) {
  t.positions.push(x, y, z);
  t.normals.push(nx, ny, nz);
  t.shades.push(shade);
  t.slots.push(slot);
  return t.slots.length - 1;
}

/** Where a ring of a turned body lies: radius and height, its shade, and how much its normal points up (-1 to 1). */
export interface Ring {
  readonly radius: number;
  readonly z: number;
  readonly shade: number;
  readonly up: number;
}

/**
 * A body turned about an upright axis, from the lowest ring to the highest; a ring of radius 0 is a point.
 * @param uneven factor on the radius at a ring and a side, for crowns that are not turned on a lathe
 */
export function turned(
  t: Template,
  centreX: number,
  centreY: number,
  rings: readonly Ring[],
  sides: number,
  slot: Slot,
  uneven: (ring: number, side: number) => number = () => 1,
): void {
  const starts: number[] = [];
  rings.forEach((ring, i) => {
    const across = Math.sqrt(Math.max(0, 1 - ring.up * ring.up));
    starts.push(t.slots.length);
    const count = ring.radius === 0 ? 1 : sides;
    for (let side = 0; side < count; side++) {
      // Every other ring is turned by half a side: no seams run from bottom to top.
      const angle = (2 * Math.PI * (side + (i % 2) * 0.5)) / sides;
      const c = Math.cos(angle);
      const s = Math.sin(angle);
      const factor = uneven(i, side);
      const radius = ring.radius * factor;
      const shade = ring.shade * (0.72 + 0.28 * factor);
      push(t, centreX + c * radius, centreY + s * radius, ring.z, c * across, s * across, ring.up, shade, slot);
    }
  });
  for (let i = 0; i + 1 < rings.length; i++) {
    const low = starts[i]!;
    const high = starts[i + 1]!;
    const lowCount = rings[i]!.radius === 0 ? 1 : sides;
    const highCount = rings[i + 1]!.radius === 0 ? 1 : sides;
    for (let side = 0; side < sides; side++) {
      const next = (side + 1) % sides;
      const shift = i % 2;
      if (lowCount > 1 && highCount > 1) {
        // Even rings: the upper vertex `side` lies between the lower ones `side` and `side + 1`; odd rings the other way.
        const a = low + side;
        const b = low + next;
        const c = high + (shift ? next : side);
        const d = high + (shift ? side : next);
        if (shift) t.indices.push(a, b, c, a, c, d);
        else t.indices.push(a, b, c, b, d, c);
      } else if (lowCount > 1) {
        t.indices.push(low + side, low + next, high);
      } else {
        t.indices.push(low, high + next, high + side);
      }
    }
  }
}

/** A box, or with `ridge` a house's roof: the upper edge drawn together to the line y = 0. Centred on x and y. */
export function box(
  t: Template,
  centre: readonly [number, number, number],
  size: readonly [number, number, number],
  slot: Slot,
  shade = 1,
  ridge = false,
): void {
  const [cx, cy, cz] = centre;
  const [hx, hy, hz] = [size[0] / 2, size[1] / 2, size[2] / 2];
  const top = ridge ? 0 : hy;
  const corner = (x: number, y: number, z: number): [number, number, number] => [
    cx + x * hx,
    cy + y * (z > 0 ? top : hy),
    cz + z * hz,
  ];
  const face = (points: readonly [number, number, number][]) => flat(t, points, slot, shade);
  face([corner(1, -1, -1), corner(1, 1, -1), corner(1, 1, 1), corner(1, -1, 1)]);
  face([corner(-1, 1, -1), corner(-1, -1, -1), corner(-1, -1, 1), corner(-1, 1, 1)]);
  face([corner(1, 1, -1), corner(-1, 1, -1), corner(-1, 1, 1), corner(1, 1, 1)]);
  face([corner(-1, -1, -1), corner(1, -1, -1), corner(1, -1, 1), corner(-1, -1, 1)]);
  if (!ridge) face([corner(-1, -1, 1), corner(1, -1, 1), corner(1, 1, 1), corner(-1, 1, 1)]);
}

/** A rectangle at a height: from and to along x, half of its width. */
export interface Plate {
  readonly z: number;
  readonly back: number;
  readonly front: number;
  readonly half: number;
}

/** The body between two plates, with a top and without a bottom. */
export function frustum(t: Template, low: Plate, high: Plate, slot: Slot, shade = 1): void {
  const corner = ({ z, back, front, half }: Plate, x: number, y: number): [number, number, number] => [
    x > 0 ? front : back,
    y * half,
    z,
  ];
  const sides: readonly [number, number, number, number][] = [
    [1, -1, 1, 1],
    [-1, 1, -1, -1],
    [1, 1, -1, 1],
    [-1, -1, 1, -1],
  ];
  for (const [ax, ay, bx, by] of sides) {
    flat(t, [corner(low, ax, ay), corner(low, bx, by), corner(high, bx, by), corner(high, ax, ay)], slot, shade);
  }
  flat(t, [corner(high, -1, -1), corner(high, 1, -1), corner(high, 1, 1), corner(high, -1, 1)], slot, shade);
}

/** A flat face; its corners counter-clockwise as seen from outside. */
export function flat(t: Template, points: readonly [number, number, number][], slot: Slot, shade = 1): void {
  const [a, b, c] = points as readonly (readonly number[])[] as [number[], number[], number[]];
  const [ux, uy, uz] = [b[0]! - a[0]!, b[1]! - a[1]!, b[2]! - a[2]!];
  const [vx, vy, vz] = [c[0]! - a[0]!, c[1]! - a[1]!, c[2]! - a[2]!];
  const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(...n) || 1;
  const first = t.slots.length;
  for (const [x, y, z] of points) push(t, x, y, z, n[0]! / length, n[1]! / length, n[2]! / length, shade, slot);
  for (let i = 1; i + 1 < points.length; i++) t.indices.push(first, first + i, first + i + 1);
}
