import type { RunDetails } from '../../../host-api/contract.ts';

/** Why a run cannot go on in the app, and how it can, in a sentence; null when it can. */
export function hindranceOf({ recordings, folder }: Pick<RunDetails, 'recordings' | 'folder'>): string | null {
  const missing = recordings.filter((recording) => recording.id === null).map(({ name }) => name);
  if (missing.length === 0) return null;
  const [its, are, them] = missing.length === 1 ? ['recording', 'is', 'it'] : ['recordings', 'are', 'them'];
  return (
    `its ${its} ${missing.join(', ')} ${are} not in the library; import ${them}, ` +
    `or go on with: wheelhouse train --resume ${folder}`
  );
}
