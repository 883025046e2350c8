import { log } from '../maths/deterministic.ts';
import { createStream } from '../random/stream.ts';
import type { Track } from '../track/track.ts';
import type { Conditions, FrictionPatches } from './conditions.ts';
import { roadFriction } from './grip.ts';

/** A slippery place, straight in road coordinates. */
export interface FrictionPatch {
  /** Stretch of the reference line [m]; `to` may lie beyond the length of a closed track. */
  readonly from: number;
  readonly to: number;
  /** Lateral offsets of its sides, left positive [m]. */
  readonly left: number;
  readonly right: number;
}

const LENGTH = [4, 25] as const;
const WIDTH = [0.8, 4] as const;
/** Size of the stretches by which patches are found again [m]. */
const CELL = 25;

/** Where the patches of an episode lie, in the order of the road. @param seed of the episode */
export function placeFrictionPatches(
  track: Pick<Track, 'length' | 'laneCentre' | 'laneWidth'>,
  patches: FrictionPatches,
  seed: number,
): FrictionPatch[] {
  const stream = createStream(seed, 'friction patches');
  const placed: FrictionPatch[] = [];
  if (patches.perKilometre === 0) return placed;
  // Distances between independent places are exponential.
  const gap = () => (-1000 / patches.perKilometre) * log(1 - stream.uniform());
  for (let from = gap(); from < track.length; from += gap()) {
    const middle = track.laneCentre(from) + track.laneWidth(from) * stream.uniform(-0.75, 0.75);
    const reach = stream.uniform(...WIDTH) / 2;
    placed.push({ from, to: from + stream.uniform(...LENGTH), left: middle + reach, right: middle - reach });
  }
  return placed;
}

/** The friction at every place of a road in an episode. */
export class FrictionField {
  readonly #everywhere: number;
  readonly #inPatch: number;
  readonly #cells = new Map<number, FrictionPatch[]>();

  /** @param seed of the episode */
  constructor(track: Track, conditions: Conditions, seed: number) {
    this.#everywhere = roadFriction(conditions);
    this.#inPatch = this.#everywhere * conditions.frictionPatches.friction;
    for (const patch of placeFrictionPatches(track, conditions.frictionPatches, seed)) {
      this.#add(patch);
      // A patch over the start of a closed track is found from both sides.
      const laps = track.closed && patch.to > track.length ? track.length : 0;
      if (laps > 0) this.#add({ ...patch, from: patch.from - laps, to: patch.to - laps });
    }
  }

  /** Factor on the tyres' friction coefficient at arc length `s` and offset `lateral` [m]. */
  at(s: number, lateral: number): number {
    const near = this.#cells.get(Math.floor(s / CELL));
    const inside = near?.some(({ from, to, left, right }) => s >= from && s < to && lateral < left && lateral > right);
    return inside ? this.#inPatch : this.#everywhere;
  }

  #add(patch: FrictionPatch): void {
    for (let cell = Math.floor(patch.from / CELL); cell <= Math.floor(patch.to / CELL); cell++) {
      this.#cells.set(cell, [...(this.#cells.get(cell) ?? []), patch]);
    }
  }
}
