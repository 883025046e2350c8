import { bytesOf, hashHex } from './hash.ts';
import type { Recording } from './recording.ts';

/** SHA-256 of a recording: the pictures' fingerprints and all columns. The same in Node and in a page. */
export async function hashRecording({ metadata, columns, cameras }: Recording): Promise<string> {
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

/** SHA-256 of the columns alone: the same when pictures were replaced. */
export function hashColumns({ columns }: Pick<Recording, 'columns'>): string {
  return hashHex(
    Object.keys(columns)
      .sort()
      .flatMap((name) => [new TextEncoder().encode(`column ${name}`), bytesOf(columns[name]!)]),
  );
}

/**
 * SHA-256 of the steering angles alone, as 32 bits tell them: the same for a recording that was copied, imported or zipped.
 * @returns null where there are none, or they never change, which is the same in many recordings
 */
export function hashSteering({ columns: { steeringAngle } }: Pick<Recording, 'columns'>): string | null {
  if (steeringAngle === undefined) return null;
  const first = steeringAngle.find((angle) => Number.isFinite(angle));
  if (!steeringAngle.some((angle) => Number.isFinite(angle) && angle !== first)) return null;
  return hashHex([bytesOf(Float32Array.from(steeringAngle))]);
}
