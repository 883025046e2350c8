import { type Cut, storedIndex } from '../recording/edits.ts';
import type { Finding, Inspection } from './inspection.ts';

/** Adds a finding. */
export type Add = (severity: Finding['severity'], code: string, message: string, advice: string) => void;
/** What is known of a recording when it is judged. */
export type About = Omit<Inspection, 'findings'>;

export const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** e.g. `17`, `17 and 95`, `17, 95, 103 and 12 more`: numbers that samples are stored under. */
export function someSamples(cuts: readonly Cut[], samples: readonly number[]): string {
  const shown = samples.slice(0, 3).map((sample) => storedIndex(cuts, sample));
  const more = samples.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
