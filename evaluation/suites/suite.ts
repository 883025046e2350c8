import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import type { RoadFiles } from '../roads/road-files.ts';

/** A named list of episodes that models are compared on. */
export interface Suite {
  readonly name: string;
  /** What it asks of a driver, a sentence or two for people. */
  readonly description: string;
  /** At least one; their ids differ. */
  readonly episodes: readonly EpisodeSpec[];
  /** The road files that its tracks name; none when absent. */
  readonly roads?: RoadFiles;
}
