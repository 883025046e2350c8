import type { RunConfig } from '../../../models/runs/run-config.ts';
import { Refusal } from '../../../sim/refusal.ts';

/** Ids of the recordings of a run that is begun here. @throws Refusal `missing-recording` for one elsewhere on the disk */
export function idsOf({ recordings }: Pick<RunConfig, 'recordings'>): string[] {
  return recordings.map((reference) => {
    if ('id' in reference) return reference.id;
    throw new Refusal('missing-recording', reference.folder, 'it is not in the library', 'import it first');
  });
}
