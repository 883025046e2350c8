import { hashHex } from '../../datasets/recording/hash.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { hashColumns, hashRecording, hashSteering } from '../../datasets/recording/recording-hash.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { Reference } from './run-config.ts';
import type { RunData } from './run-description.ts';

/** A recording, and what the run calls it. */
export interface RunRecording {
  readonly reference: Reference;
  readonly recording: Recording;
}

/** Hashes what is trained on: the pictures' fingerprints and all columns. The same in Node and in a page. */
export async function describeData(recordings: readonly RunRecording[]): Promise<RunData> {
  const described: RunData['recordings'] = [];
  for (const { reference, recording } of recordings) {
    const { metadata, length } = recording;
    const steering = hashSteering(recording);
    // In the order of the schema, which a run that is read again has: the same model.json, to the byte.
    described.push({
      reference,
      name: metadata.name,
      samples: length,
      sha256: await hashRecording(recording),
      ...(steering && { steering }),
      ...frameOf(recording),
      columns: hashColumns(recording),
    });
  }
  const all = described.map(({ sha256 }) => new TextEncoder().encode(sha256));
  return { sha256: hashHex(all), recordings: described };
}

/** Size of the frames that are looked at where nobody says otherwise. */
function frameOf({ metadata: { cameras } }: Recording): { frame?: { width: number; height: number } } {
  const camera = cameras.centre ?? Object.values(cameras)[0];
  return camera ? { frame: { width: camera.width, height: camera.height } } : {};
}

/** Bad samples that may have been taken out of a recording since; far fewer than the margins between the parts have. */
const MOST_TAKEN_OUT = 10;

/** Where a run stands that would go on. */
export interface Standing {
  /** It could not go on, as with a damaged picture: that may have been mended. */
  readonly failed: boolean;
  /** All that is left to do is to score what was held back. */
  readonly trained: boolean;
}

/**
 * Compares the recordings with those that a run was begun on. Pictures of a run that failed may be others now, and once
 * only the test is left, a few bad samples may be gone.
 * @param where the run, for the message
 * @returns what to know of what was mended, one line; undefined when nothing was
 * @throws Refusal `other-data` when it would go on with other recordings
 */
export function refuseOtherData(
  where: string,
  begunOn: RunData,
  now: RunData,
  { failed, trained }: Standing = { failed: false, trained: false },
): string | undefined {
  if (now.sha256 === begunOn.sha256) return undefined;
  const pairs = begunOn.recordings.map((before, i) => ({ before, after: now.recordings[i] }));
  const isMended = ({ before, after }: (typeof pairs)[number]) =>
    before.columns !== undefined && before.columns === after?.columns;
  const changed = pairs.find(({ before, after }) => after?.sha256 !== before.sha256);
  const sameOnes = changed !== undefined && now.recordings.length === begunOn.recordings.length;
  if (failed && sameOnes && pairs.every(isMended)) {
    return 'its recordings have other pictures than when it was begun: they are taken as mended';
  }
  const isNearlyAll = ({ before, after }: (typeof pairs)[number]) => {
    const takenOut = before.samples - (after?.samples ?? 0);
    return before.name === after?.name && takenOut >= 0 && takenOut <= MOST_TAKEN_OUT;
  };
  if (failed && trained && sameOnes && pairs.every(isNearlyAll)) {
    return 'its recordings have changed since it was trained: they are taken as mended, and only the test is done on them';
  }
  const what = `the recordings are not those that it was begun on (${changed?.before.name ?? 'there are more now'})`;
  throw new Refusal('other-data', where, what, 'bring them back, or train anew');
}
