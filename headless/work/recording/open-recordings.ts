import path from 'node:path';
import type { OpenOptions } from '../../../datasets/formats/format.ts';
import { detectFormat } from '../../../datasets/formats/open.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { openRecordingFolder } from '../../machine/reading/open-recording.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';

/**
 * Opens recordings on disk: folders, or files of formats that are one. A folder that is no recording itself but holds some
 * (as `wheelhouse record` leaves them side by side) stands for all of them, by name.
 * @throws Refusal when a folder holds no recording, or a recording is broken
 */
export async function openRecordings(
  places: readonly string[],
  options: OpenOptions & { readonly format?: string } = {},
): Promise<Recording[]> {
  const recordings: Recording[] = [];
  try {
    for (const place of places) {
      for (const found of await recordingsIn(place)) recordings.push(await openRecordingFolder(found, options));
    }
  } catch (error) {
    for (const recording of recordings) await recording.close();
    throw error;
  }
  return recordings;
}

async function recordingsIn(place: string): Promise<string[]> {
  const storage = new DiskStorage(place);
  const entries = await storage.list().catch(() => undefined);
  // A file, or nothing: opening it says what is wrong, if anything is.
  if (entries === undefined) return [place];
  try {
    if ((await detectFormat(storage)) !== undefined) return [place];
  } finally {
    await storage.close();
  }
  const inside: string[] = [];
  for (const { name, kind } of entries) {
    if (kind !== 'folder' || name.startsWith('.')) continue;
    const candidate = new DiskStorage(path.join(place, name));
    if ((await detectFormat(candidate)) !== undefined) inside.push(path.join(place, name));
    await candidate.close();
  }
  // Opening the folder itself then says which formats are known.
  return inside.length > 0 ? inside : [place];
}
