import path from 'node:path';
import type { OpenOptions } from '../../datasets/formats/format.ts';
import { detectFormat, openAnyRecording } from '../../datasets/formats/open.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { Refusal } from '../../sim/refusal.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { DiskStorage } from '../storage/disk.ts';

/**
 * Opens recordings on disk. A folder that is no recording itself but holds some (as `wheelhouse record` leaves them
 * side by side) stands for all of them, by name.
 * @throws Refusal when a folder holds no recording, or a recording is broken
 */
export async function openRecordings(
  folders: readonly string[],
  options: OpenOptions & { readonly format?: string } = {},
): Promise<Recording[]> {
  const codec = createSharpCodec();
  const recordings: Recording[] = [];
  for (const folder of folders) {
    for (const storage of await storagesIn(folder)) recordings.push(await openAnyRecording(storage, codec, options));
  }
  return recordings;
}

async function storagesIn(folder: string): Promise<DiskStorage[]> {
  const storage = new DiskStorage(folder);
  if (!(await storage.exists(''))) {
    throw new Refusal('missing-recording', folder, 'there is no such folder', 'check the path');
  }
  if ((await detectFormat(storage)) !== undefined) return [storage];
  const inside: DiskStorage[] = [];
  for (const { name, kind } of await storage.list()) {
    if (kind !== 'folder' || name.startsWith('.')) continue;
    const candidate = new DiskStorage(path.join(folder, name));
    if ((await detectFormat(candidate)) !== undefined) inside.push(candidate);
  }
  // Opening the folder itself then says which formats are known.
  return inside.length > 0 ? inside : [storage];
}
