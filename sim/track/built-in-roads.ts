import type { FamilyName } from './generate/generate-track.ts';
import type { SurfaceKind } from './track.ts';

/** A road that has a name. */
export interface BuiltInRoad {
  readonly id: string;
  readonly name: string;
  readonly family: FamilyName;
  readonly seed: number;
  readonly difficulty: number;
  /** Where the name promises it. */
  readonly surfaceKind?: SurfaceKind;
}

/** The roads with names, family by family, easy ones first. Their seeds are in the range `BUILT_IN_SEEDS`. */
export const BUILT_IN_ROADS: readonly BuiltInRoad[] = [
  { id: 'plainview', name: 'Plainview Ring', family: 'training-loop', seed: 500_101, difficulty: 0.1 },
  { id: 'chalk-ring', name: 'Chalk Ring', family: 'training-loop', seed: 500_102, difficulty: 0.4 },
  { id: 'papercut', name: 'Papercut', family: 'training-loop', seed: 500_103, difficulty: 0.7 },
  { id: 'two-tone', name: 'Two-Tone Twist', family: 'training-loop', seed: 500_104, difficulty: 1 },
  { id: 'millbrook', name: 'Millbrook Lane', family: 'country', seed: 500_001, difficulty: 0 },
  { id: 'larkfield', name: 'Larkfield Round', family: 'country', seed: 500_002, difficulty: 0.25 },
  { id: 'birchholt', name: 'Birchholt Road', family: 'country', seed: 500_003, difficulty: 0.5 },
  { id: 'stonewell', name: 'Stonewell Loop', family: 'country', seed: 500_004, difficulty: 0.75 },
  { id: 'ravensdale', name: 'Ravensdale Twist', family: 'country', seed: 500_005, difficulty: 1 },
  { id: 'ring-north', name: 'Ring North', family: 'motorway', seed: 500_201, difficulty: 0.1 },
  { id: 'vale-express', name: 'Vale Express', family: 'motorway', seed: 500_202, difficulty: 0.4 },
  { id: 'harbour-ring', name: 'Harbour Ring', family: 'motorway', seed: 500_203, difficulty: 0.7 },
  {
    id: 'concrete-mile',
    name: 'Concrete Mile',
    family: 'motorway',
    seed: 500_204,
    difficulty: 1,
    surfaceKind: 'concrete',
  },
  { id: 'oakhurst', name: 'Oakhurst Park', family: 'circuit', seed: 500_301, difficulty: 0.1 },
  { id: 'saltmarsh', name: 'Saltmarsh Speedway', family: 'circuit', seed: 500_302, difficulty: 0.4 },
  { id: 'kestrel', name: 'Kestrel Circuit', family: 'circuit', seed: 500_303, difficulty: 0.7 },
  { id: 'devils-elbow', name: 'Devil’s Elbow', family: 'circuit', seed: 500_304, difficulty: 1 },
  { id: 'mill-street', name: 'Mill Street', family: 'town', seed: 500_401, difficulty: 0.1 },
  { id: 'old-quarter', name: 'Old Quarter', family: 'town', seed: 500_402, difficulty: 0.4 },
  { id: 'market-square', name: 'Market Square', family: 'town', seed: 500_403, difficulty: 0.7 },
  { id: 'back-lanes', name: 'Back Lanes', family: 'town', seed: 500_404, difficulty: 1 },
  { id: 'pine-ridge', name: 'Pine Ridge', family: 'mountain', seed: 500_501, difficulty: 0.1 },
  { id: 'eagle-pass', name: 'Eagle Pass', family: 'mountain', seed: 500_502, difficulty: 0.4 },
  { id: 'switchback', name: 'Switchback', family: 'mountain', seed: 500_503, difficulty: 0.7 },
  { id: 'needle-peak', name: 'Needle Peak', family: 'mountain', seed: 500_504, difficulty: 1 },
];
