import type { RandomStream } from '../../random/stream.ts';
import type { RoadParts } from '../road.ts';

/** What a family is asked for. */
export interface RoadRequest {
  /** From 0, easy, to 1, hard. */
  readonly difficulty: number;
  /** Source of all that is left to chance in this road. */
  readonly stream: RandomStream;
}

/** What a family answers with. */
export type FamilyRoad = Omit<RoadParts, 'id' | 'name' | 'family'>;

/** A kind of road with a character of its own. */
export type Family = (request: RoadRequest) => FamilyRoad;

/** From `easy` at difficulty 0 to `hard` at 1, linearly. */
export function mix(easy: number, hard: number, difficulty: number): number {
  return easy + (hard - easy) * difficulty;
}
