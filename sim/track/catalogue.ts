import { nearestNames } from '../nearest-name.ts';
import { Refusal } from '../refusal.ts';
import { BUILT_IN_ROADS } from './built-in-roads.ts';
import { FAMILY_NAMES, type FamilyName, generateTrack, type TrackOptions } from './generate/generate-track.ts';
import { measureRoad } from './measure-road.ts';
import type { Track } from './track.ts';

/** What is known of a built-in track without driving it. */
export interface TrackEntry {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly seed: number;
  /** Of the reference line [m]. */
  readonly length: number;
  /** Of the reference line's sharpest bend [m]. */
  readonly minimumRadius: number;
  /** Sum of all that goes uphill in one lap, or from start to end [m]. */
  readonly climb: number;
  /** From 0, easy, to 1, hard. */
  readonly difficulty: number;
}

/** The built-in tracks, family by family. Builds each of them, which takes some milliseconds a track. */
export function listTracks(): TrackEntry[] {
  return BUILT_IN_ROADS.map((road) => {
    const { id, name, family, seed, difficulty } = road;
    return { id, name, family, seed, ...measureRoad(generateTrack(road)), difficulty };
  });
}

/**
 * Opens a track: a built-in one by its id, or any other as `<family>:<seed>` or `<family>:<seed>:<difficulty>` with a
 * whole seed from 0 and a difficulty from 0 to 1.
 * @throws Refusal `unknown-track` that names the nearest ids, or `bad-track` for a seed or difficulty out of range
 */
export function openTrack(id: string): Track {
  return generateTrack(roadOf(id));
}

/**
 * Checks an id without building its road.
 * @throws Refusal as `openTrack` does
 */
export function checkTrackId(id: string): void {
  roadOf(id);
}

/** What the road of this id is made from. */
function roadOf(id: string): TrackOptions {
  const builtIn = BUILT_IN_ROADS.find((road) => road.id === id);
  if (builtIn) return builtIn;
  const [family, seed, difficulty, ...rest] = id.split(':');
  if (seed !== undefined && rest.length === 0 && FAMILY_NAMES.includes(family as FamilyName)) {
    return seededRoad(id, family as FamilyName, seed, difficulty);
  }
  throw unknownTrack(id);
}

function seededRoad(id: string, family: FamilyName, seed: string, difficulty: string | undefined): TrackOptions {
  if (!/^\d{1,9}$/.test(seed)) {
    throw new Refusal('bad-track', `track ${id}`, `the seed is "${seed}"`, 'give a whole number from 0 to 999999999');
  }
  if (difficulty === undefined) return { family, seed: Number(seed) };
  const level = Number(difficulty);
  if (!/^\d*\.?\d+$/.test(difficulty) || level > 1) {
    throw new Refusal('bad-track', `track ${id}`, `the difficulty is "${difficulty}"`, 'give a number from 0 to 1');
  }
  return { family, seed: Number(seed), difficulty: level };
}

function unknownTrack(id: string): Refusal {
  const families: readonly string[] = FAMILY_NAMES;
  const known = [...BUILT_IN_ROADS.map((road) => road.id), ...families];
  const near = nearestNames(id.split(':')[0]!, known)
    .slice(0, 3)
    .map((name) => (families.includes(name) ? `${name}:<seed>` : name));
  return new Refusal('unknown-track', `track ${id}`, 'there is no such track', `try ${near.join(', ')}`);
}
