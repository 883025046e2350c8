import { counted } from '../sim/counted.ts';
import type { EpisodeResult } from './files/evaluation.ts';

/** Who has done less than this share of the route has not got away from its start. */
const AT_THE_START = 0.02;

/** Says in words that routes were not driven to their end; null where all were. */
export function unfinishedRoutes(episodes: readonly Pick<EpisodeResult, 'completed'>[]): string | null {
  const unfinished = episodes.filter(({ completed }) => completed < 1).length;
  if (unfinished === 0) return null;
  const stood = episodes.filter(({ completed }) => completed < AT_THE_START).length;
  const start = stood > 0 ? ` (in ${stood} the car did not get away from the start)` : '';
  const all = counted(episodes.length, 'route');
  return `${unfinished} of ${all} not driven to the end${start}: what was not driven counts as driven by a person`;
}
