import { createStream } from '../../random/stream.ts';
import { Road } from '../road.ts';
import type { SurfaceKind, Track } from '../track.ts';
import { buildCircuit } from './families/circuit.ts';
import { buildCountry } from './families/country.ts';
import { buildMotorway } from './families/motorway.ts';
import { buildMountain } from './families/mountain.ts';
import { buildTown } from './families/town.ts';
import { buildTrainingLoop } from './families/training-loop.ts';
import type { Family } from './family.ts';

const FAMILIES = {
  'training-loop': buildTrainingLoop,
  country: buildCountry,
  motorway: buildMotorway,
  circuit: buildCircuit,
  town: buildTown,
  mountain: buildMountain,
} as const satisfies Record<string, Family>;

/** Name of a kind of road, e.g. `country`. */
export type FamilyName = keyof typeof FAMILIES;

/** All kinds of roads there are. */
export const FAMILY_NAMES = Object.keys(FAMILIES) as readonly FamilyName[];

export interface TrackOptions {
  readonly family: FamilyName;
  /** A whole number; the same seed gives the same road to the last bit. */
  readonly seed: number;
  /** From 0, easy, to 1, hard. Without it the seed decides. */
  readonly difficulty?: number;
  /** Without it `<family>:<seed>` or `<family>:<seed>:<difficulty>`. */
  readonly id?: string;
  readonly name?: string;
  /** What it is paved with; without it the family and the seed decide. Changes pixels only. */
  readonly surfaceKind?: SurfaceKind | undefined;
}

/** The difficulty that a road has when none is asked for: somewhere from 0.1 to 0.9. */
function seededDifficulty(family: FamilyName, seed: number): number {
  return createStream(seed, `${family} difficulty`).uniform(0.1, 0.9);
}

/** Makes a road from a seed. */
export function generateTrack({ family, seed, difficulty, id, name, surfaceKind }: TrackOptions): Track {
  const parts = FAMILIES[family]({
    difficulty: difficulty ?? seededDifficulty(family, seed),
    stream: createStream(seed, `${family} road`),
  });
  const ownId = id ?? `${family}:${seed}${difficulty === undefined ? '' : `:${difficulty}`}`;
  return new Road({ ...parts, id: ownId, name: name ?? ownId, family, ...(surfaceKind && { surfaceKind }) });
}
