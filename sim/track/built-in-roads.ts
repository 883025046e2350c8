import type { FamilyName } from './generate/generate-track.ts';

/** A road that has a name. */
export interface BuiltInRoad {
  readonly id: string;
  readonly name: string;
  readonly family: FamilyName;
  readonly seed: number;
  readonly difficulty: number;
}

/** The roads with names, family by family, easy ones first. Their seeds are in the range `BUILT_IN_SEEDS`. */
export const BUILT_IN_ROADS: readonly BuiltInRoad[] = [
  { id: 'millbrook', name: 'Millbrook Lane', family: 'country', seed: 500_001, difficulty: 0 },
  { id: 'larkfield', name: 'Larkfield Round', family: 'country', seed: 500_002, difficulty: 0.25 },
  { id: 'birchholt', name: 'Birchholt Road', family: 'country', seed: 500_003, difficulty: 0.5 },
  { id: 'stonewell', name: 'Stonewell Loop', family: 'country', seed: 500_004, difficulty: 0.75 },
  { id: 'ravensdale', name: 'Ravensdale Twist', family: 'country', seed: 500_005, difficulty: 1 },
];
