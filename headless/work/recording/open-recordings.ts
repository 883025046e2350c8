import path from 'node:path';
import type { OpenOptions } from '../../../datasets/formats/format.ts';
import { detectFormat } from '../../../datasets/formats/open.ts';
import { distinctNames } from '../../../datasets/recording/names.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { openRecordingFolder } from '../../machine/reading/open-recording.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';

/** A recording, and the place for which it stands. */
export interface PlacedRecording {
  /** As it was given: the recording's own, or a folder that holds it. */
  readonly place: string;
  readonly recording: Recording;
}

/**
 * Opens recordings on disk: folders, or files of formats that are one. A folder that is no recording itself but holds some
 * (as `wheelhouse record` leaves them side by side) stands for all of them, by name.
 * @throws Refusal when a folder holds no recording, or a recording is broken
 */
export async function openRecordings(
  places: readonly string[],
  options: OpenOptions & { readonly format?: string } = {},
): Promise<Recording[]> {
  return (await openPlacedRecordings(places, options)).map(({ recording }) => recording);
}

/** As `openRecordings`, with the place of each. */
export async function openPlacedRecordings(
  places: readonly string[],
  options: OpenOptions & { readonly format?: string } = {},
): Promise<PlacedRecording[]> {
  const found: { readonly place: string; readonly inside: string }[] = [];
  for (const place of places) {
    for (const inside of await recordingsIn(place)) found.push({ place, inside });
  }
  const recordings: Recording[] = [];
  try {
    for (const { inside } of found) recordings.push(await openRecordingFolder(inside, options));
  } catch (error) {
    for (const recording of recordings) await recording.close();
    throw error;
  }
  const named = namedApart(
    recordings,
    found.map(({ inside }) => inside),
  );
  return named.map((recording, i) => ({ place: found[i]!.place, recording }));
}

/** Recordings that are called the same get some of the folders that they lie in into their names. */
function namedApart(recordings: readonly Recording[], places: readonly string[]): Recording[] {
  const names = recordings.map(({ metadata }) => metadata.name);
  const apart = distinctNames(places.map((place) => path.resolve(place)));
  return recordings.map((recording, i) => {
    if (names.filter((name) => name === names[i]).length < 2) return recording;
    return { ...recording, metadata: { ...recording.metadata, name: apart[i]! } };
  });
}

/**
 * The places of the recordings that a place stands for: itself, or the folders in it where it is none but holds some.
 */
export async function recordingsIn(place: string): Promise<string[]> {
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
