import { createStream, type RandomStream } from '../../random/stream.ts';
import { emptyTemplate, type Ring, type Template, turned } from './template.ts';

/** 0 near, 1 middle, 2 far, 3 a few pixels. */
export type Level = 0 | 1 | 2 | 3;

const SIDES = [9, 6, 5, 4] as const;
const RINGS = [6, 4, 3, 2] as const;

/** Rings of an egg from the bottom to the top. */
function egg(radius: number, bottom: number, top: number, count: number, dark: number): Ring[] {
  const rings: Ring[] = [];
  for (let i = 0; i <= count; i++) {
    const latitude = -Math.PI / 2 + (Math.PI * i) / count;
    const up = Math.sin(latitude);
    const round = i === 0 || i === count ? 0 : Math.cos(latitude);
    rings.push({
      // Fuller above the middle than below.
      radius: radius * round * (1 + 0.12 * up),
      z: bottom + (top - bottom) * (0.5 + 0.5 * up),
      shade: dark + (1.08 - dark) * (0.5 + 0.5 * up),
      up: up * 0.9 + 0.1,
    });
  }
  return rings;
}

function uneven(stream: RandomStream, amount: number): (ring: number, side: number) => number {
  const table = new Map<number, number>();
  return (ring, side) => {
    const key = ring * 64 + side;
    let factor = table.get(key);
    if (factor === undefined) {
      factor = 1 + stream.uniform(-amount, amount);
      table.set(key, factor);
    }
    return factor;
  };
}

/** Bark in slot 1; three sides that end in a point are enough for what is far. */
function addTrunk(t: Template, radius: number, top: number, level: Level): void {
  const rings: Ring[] = [
    { radius, z: -0.03, shade: 0.8, up: 0 },
    { radius: level >= 2 ? 0 : radius * 0.7, z: top, shade: 0.55, up: 0 },
  ];
  turned(t, 0, 0, rings, level === 0 ? 6 : 3, 1);
}

/** Slot 0 leaves, slot 1 bark. */
export function broadleafTree(variant: number, level: Level): Template {
  const stream = createStream(variant, 'scenery/tree');
  const t = emptyTemplate();
  const stem = stream.uniform(0.22, 0.32);
  const width = stream.uniform(0.26, 0.36);
  const trunk = stream.uniform(0.018, 0.028);
  addTrunk(t, trunk * 1.5, stem + 0.15, level);
  if (level >= 2) {
    turned(t, 0, 0, egg(width, stem, 1, RINGS[level], 0.5), SIDES[level], 0, uneven(stream, 0.12));
    return t;
  }
  // One heap of leaves in the middle and smaller ones around it.
  const around = level === 0 ? 4 : 2;
  turned(t, 0, 0, egg(width * 0.82, stem + 0.05, 1, RINGS[level], 0.5), SIDES[level], 0, uneven(stream, 0.16));
  for (let i = 0; i < around; i++) {
    const angle = (2 * Math.PI * (i + stream.uniform(0, 0.7))) / around;
    const out = width * stream.uniform(0.42, 0.62);
    const radius = width * stream.uniform(0.46, 0.62);
    const middle = stem + stream.uniform(0.16, 0.38);
    turned(
      t,
      Math.cos(angle) * out,
      Math.sin(angle) * out,
      egg(radius, middle - radius, middle + radius * 0.9, RINGS[level] - 1, 0.45),
      SIDES[level] - 1,
      0,
      uneven(stream, 0.18),
    );
  }
  return t;
}

/** Slot 0 needles, slot 1 bark. */
export function conifer(variant: number, level: Level): Template {
  const stream = createStream(variant, 'scenery/conifer');
  const t = emptyTemplate();
  const width = stream.uniform(0.15, 0.22);
  const stem = stream.uniform(0.06, 0.14);
  addTrunk(t, 0.022, stem + 0.1, level);
  const tiers = [6, 3, 2, 1][level]!;
  for (let i = 0; i < tiers; i++) {
    const low = stem + ((1 - stem) * i) / tiers;
    const high = Math.min(1, low + ((1 - stem) * (tiers === 1 ? 1 : 1.65)) / tiers);
    const radius = width * (1 - (0.86 * i) / tiers);
    const skirt: Ring[] = [
      { radius, z: low, shade: 0.62 + (0.25 * i) / tiers, up: 0.25 },
      { radius: 0, z: high, shade: 0.95 + (0.15 * i) / tiers, up: 0.6 },
    ];
    turned(t, 0, 0, skirt, SIDES[level] + (level === 0 ? 1 : 0), 0, uneven(stream, 0.16));
  }
  return t;
}

/** Slot 0 leaves. */
export function bush(variant: number, level: Level): Template {
  const stream = createStream(variant, 'scenery/bush');
  const t = emptyTemplate();
  const heaps = [4, 2, 1, 1][level]!;
  for (let i = 0; i < heaps; i++) {
    const angle = stream.uniform(0, 2 * Math.PI);
    const out = i === 0 ? 0 : stream.uniform(0.3, 0.6);
    const radius = i === 0 ? 0.7 : stream.uniform(0.35, 0.55);
    turned(
      t,
      Math.cos(angle) * out,
      Math.sin(angle) * out,
      egg(radius, -0.25, i === 0 ? 1 : stream.uniform(0.55, 0.85), RINGS[level], 0.45),
      SIDES[level],
      0,
      uneven(stream, 0.2),
    );
  }
  return t;
}

/** Slot 0 stone. */
export function rock(variant: number, level: Level): Template {
  const stream = createStream(variant, 'scenery/rock');
  const t = emptyTemplate();
  const stretch = stream.uniform(0.7, 1.1);
  turned(t, 0, 0, egg(stretch, -0.6, 1, RINGS[level], 0.6), SIDES[level], 0, uneven(stream, 0.24));
  return t;
}
