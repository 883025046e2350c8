import { openRecording } from '../../datasets/formats/wheelhouse/reader.ts';
import { type Recording, sliceRecording } from '../../datasets/recording/recording.ts';
import { browserCodec } from '../images/browser-codec.ts';
import { BlockStorage } from './block-storage.ts';
import { host } from './host.ts';

/** What opens a recording of the library again in another thread; the `origin` of the recordings that are opened here. */
export interface LibraryOrigin {
  readonly library: string;
}

/** Opens a recording of the library for reading. */
export async function openLibraryRecording(id: string): Promise<Recording> {
  const recording = await openRecording(new BlockStorage(host.files('recordings', id)), browserCodec);
  const origin: LibraryOrigin = { library: id };
  return { ...recording, origin };
}

/** What a person has left of a recording, piece by piece; a window never reaches over a cut. */
export function uncut(recording: Recording, cuts: readonly { start: number; end: number }[]): Recording[] {
  if (cuts.length === 0) return [recording];
  const parts: Recording[] = [];
  let from = 0;
  for (const { start, end } of [...cuts, { start: recording.length, end: recording.length }]) {
    const until = Math.min(start, recording.length);
    if (until > from) parts.push(sliceRecording(recording, from, until));
    from = Math.max(from, end);
  }
  return parts;
}

/** Opens recordings with their cuts applied. */
export async function openForTraining(ids: readonly string[]): Promise<Recording[]> {
  const opened = await Promise.all(
    ids.map(async (id) => {
      const [recording, { edits }] = await Promise.all([openLibraryRecording(id), host.recording(id)]);
      return uncut(recording, edits.cuts);
    }),
  );
  return opened.flat();
}
