import { hashHex } from '../../datasets/recording/hash.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { hashRecording, hashSteering } from '../../datasets/recording/recording-hash.ts';
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
    const sha256 = await hashRecording(recording);
    described.push({
      reference,
      name: metadata.name,
      samples: length,
      sha256,
      ...(steering && { steering }),
      ...frameOf(recording),
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

/**
 * @param where the run, for the message
 * @throws Refusal `other-data` when a run would go on with other recordings than it was begun on
 */
export function refuseOtherData(where: string, begunOn: RunData, now: RunData): void {
  if (now.sha256 === begunOn.sha256) return;
  const changed = begunOn.recordings.find(({ sha256 }, i) => now.recordings[i]?.sha256 !== sha256);
  const what = `the recordings are not those that it was begun on (${changed?.name ?? 'there are more now'})`;
  throw new Refusal('other-data', where, what, 'bring them back, or train anew');
}
