import { openFormat } from '../../datasets/formats/open-format.ts';
import { wheelhouse } from '../../datasets/formats/wheelhouse/wheelhouse.ts';
import type { Cut } from '../../datasets/recording/edits.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { browserCodec } from '../images/browser-codec.ts';
import { BlockStorage } from './block-storage.ts';
import { host } from './host.ts';

/** What opens a recording of the library again in another thread; the `origin` of the recordings that are opened here. */
export interface LibraryOrigin {
  readonly library: string;
  /** What is left out, whatever a person cuts out meanwhile. */
  readonly cuts: readonly Cut[];
}

/**
 * Opens a recording of the library for reading, without what a person cut out of it.
 * @param cuts count instead of those in the library; with `[]` nothing is left out
 */
export async function openLibraryRecording(id: string, cuts?: readonly Cut[]): Promise<Recording> {
  const storage = new BlockStorage(host.files('recordings', id));
  const recording = await openFormat(wheelhouse, storage, browserCodec, cuts && { cuts });
  const origin: LibraryOrigin = { library: id, cuts: recording.cuts };
  return { ...recording, origin };
}

/** Opens the recordings of a training. */
export function openForTraining(ids: readonly string[]): Promise<Recording[]> {
  return Promise.all(ids.map((id) => openLibraryRecording(id)));
}
