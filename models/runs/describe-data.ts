import { bytesOf, hashHex } from '../../datasets/recording/hash.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
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
    described.push({ reference, name: metadata.name, samples: length, sha256: await hashOf(recording) });
  }
  const all = described.map(({ sha256 }) => new TextEncoder().encode(sha256));
  return { sha256: hashHex(all), recordings: described };
}

async function hashOf({ metadata, columns, cameras }: Recording): Promise<string> {
  const parts: Uint8Array[] = [];
  const text = (value: string) => parts.push(new TextEncoder().encode(value));
  for (const name of Object.keys(cameras).sort()) {
    text(`camera ${name}`);
    text((await cameras[name]!.fingerprint?.()) ?? JSON.stringify(metadata));
  }
  for (const name of Object.keys(columns).sort()) {
    text(`column ${name}`);
    parts.push(bytesOf(columns[name]!));
  }
  return hashHex(parts);
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
