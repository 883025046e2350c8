import { Refusal } from '../../sim/refusal.ts';
import { parseTrackName } from '../../sim/track/track-name.ts';

/**
 * The road files that a suite names, each once, as they are written there; for whoever reads them before the suite is read.
 * What is wrong in the document is none of its business: `readSuite` refuses that.
 * @param document of a suite, which may be anything
 */
export function roadFilesNamedIn(document: unknown): string[] {
  const { episodes } = (document ?? {}) as { episodes?: unknown };
  if (!Array.isArray(episodes)) return [];
  const files = episodes.map((episode: unknown) => fileIn((episode as { track?: unknown } | null)?.track));
  return [...new Set(files.filter((file) => file !== null))];
}

function fileIn(track: unknown): string | null {
  if (typeof track !== 'string') return null;
  try {
    return parseTrackName(track)?.file ?? null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
