import { Color } from 'three/webgpu';
import type { Strip, Track } from '../../track/track.ts';
import type { BatchPiece } from '../batch.ts';
import type { MeshBuilder } from '../mesh-builder.ts';
import type { Palette } from '../palette.ts';
import { addLongThing, type LongFace, type Stretch } from './long-things.ts';
import type { RoadFrame } from './road-frame.ts';

/** Kerbs lower than this are those of racing circuits, painted red and white in turn [m]. */
const FLAT_KERB = 0.08;
const KERB_PAINT = 2;
/** What has no height of its own lies this far above the road, against flicker [m]. */
const LIFT = 0.015;
/** Such a strip leaves the paint along its side free [m]. */
const PAINT = 0.07;
/** How exactly the ends of a strip are found [m]. */
const STEP = 1;
/** The top is drawn this much above and beside its sides, where the road's own mesh bends less finely [m]. */
const FOOT = 0.25;
/** A side street's mouth reaches this far from the road [m]. */
const MOUTH = 13;

const srgb = (r: number, g: number, b: number) => new Color().setRGB(r, g, b, 'srgb');
const RED = srgb(0.72, 0.12, 0.1);
const WHITE = srgb(0.88, 0.88, 0.86);
const STONE = srgb(0.66, 0.65, 0.62);
const SLABS = [srgb(0.58, 0.57, 0.55), srgb(0.55, 0.54, 0.52), srgb(0.6, 0.59, 0.56)];

/** Everything flat along the road that is not road. */
export function addStrips(builder: MeshBuilder, frame: RoadFrame, track: Track, palette: Palette): BatchPiece[] {
  return (track.strips ?? []).flatMap((strip) => {
    const faces = facesOf(strip, palette);
    // Only stripes need fine steps from afar.
    const far = strip.kind === 'kerb' && strip.height < FLAT_KERB ? KERB_PAINT : undefined;
    const pieces = stretchesOf(strip, track).flatMap((stretch) => addLongThing(builder, frame, stretch, faces, far));
    return strip.kind === 'sidewalk' ? [...pieces, ...addMouths(builder, frame, strip, track, palette)] : pieces;
  });
}

/** Where a strip is there. */
export function stretchesOf({ present }: Pick<Strip, 'present'>, { length }: Pick<Track, 'length'>): Stretch[] {
  if (!present) return [{ from: 0, to: length }];
  const stretches: Stretch[] = [];
  let from: number | undefined;
  for (let s = 0; s < length + STEP; s += STEP) {
    const there = s < length && present(s);
    if (there) from ??= s;
    if (there || from === undefined) continue;
    const to = Math.min(s, length);
    stretches.push({ from, to });
    from = undefined;
  }
  return stretches;
}

function facesOf(strip: Strip, palette: Palette): LongFace[] {
  const { kind, height, left, right } = strip;
  const colour = colourOf(strip, palette);
  const up = height > 0 ? height : LIFT;
  const inset = kind === 'parking' ? PAINT : 0;
  const mottled = kind === 'median' ? 0.8 : 0.12;
  const top: LongFace = {
    right: (s) => [right(s) + inset, up],
    left: (s) => [left(s) - inset, up],
    normal: [0, 1],
    colour,
    mottled,
  };
  if (height <= 0) return [top];
  const darker = (s: number) => colour(s).clone().multiplyScalar(0.8);
  const side = (towards: 1 | -1, edge: (s: number) => number): LongFace => {
    const high = (s: number) => [edge(s), up] as const;
    const low = (s: number) => [edge(s), -FOOT] as const;
    return {
      ...(towards > 0 ? { right: high, left: low } : { right: low, left: high }),
      normal: [towards, 0],
      colour: darker,
      mottled,
    };
  };
  return [top, side(-1, right), side(1, left)];
}

function colourOf({ kind, height }: Strip, palette: Palette): (s: number) => Color {
  switch (kind) {
    case 'kerb':
      if (height >= FLAT_KERB) return () => STONE;
      return (s) => (Math.floor(s / KERB_PAINT) % 2 === 0 ? RED : WHITE);
    case 'sidewalk':
      return (s) => SLABS[Math.abs(Math.floor(s / 2)) % SLABS.length]!;
    case 'parking': {
      const stones = palette.asphalt.clone().lerp(STONE, 0.3);
      return () => stones;
    }
    case 'median': {
      const grass = palette.grass.clone().lerp(palette.dryGrass, 0.35).multiplyScalar(0.8);
      return () => grass;
    }
  }
}

/** Asphalt where the footway stops: the first metres of a side street. */
function addMouths(builder: MeshBuilder, frame: RoadFrame, strip: Strip, track: Track, palette: Palette): BatchPiece[] {
  const { present } = strip;
  if (!present) return [];
  const asphalt = palette.asphalt.clone().multiplyScalar(0.88);
  const absent = stretchesOf({ present: (s) => !present(s) }, track);
  return absent.flatMap((stretch) => {
    const { from } = stretch;
    const outwards = strip.left(from) + strip.right(from) > 0;
    const edge = outwards ? track.leftEdge : track.rightEdge;
    const near = (s: number) => [edge.call(track, s), LIFT] as const;
    const far = (s: number) => [edge.call(track, s) + (outwards ? MOUTH : -MOUTH), 0.06] as const;
    const face: LongFace = {
      ...(outwards ? { right: near, left: far } : { right: far, left: near }),
      normal: [0, 1],
      colour: () => asphalt,
      mottled: 0.3,
    };
    return addLongThing(builder, frame, stretch, [face]).map((piece) => ({ ...piece, radius: piece.radius + MOUTH }));
  });
}
