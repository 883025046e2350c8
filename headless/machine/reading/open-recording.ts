import { resolve } from 'node:path';
import { findRecording } from '../../../datasets/formats/open.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import type { LaunchChild } from '../processes/child.ts';
import type { ReadingOptions } from './messages.ts';
import { openApart } from './open-apart.ts';
import { storageAt } from './open-here.ts';

/** What opens a recording on this disk again; the `origin` of the recordings that are opened here. */
export interface RecordingOrigin {
  readonly path: string;
  readonly options: ReadingOptions;
}

/**
 * Opens a recording of any known format from a folder on the disk, or from a single file such as an MCAP file. Formats
 * whose parsers damage may send round in circles, or crash, are read in a process apart.
 * @param launch how processes are started; `fork` by default
 * @throws Refusal `missing-file` when there is none, and what `openAnyRecording` refuses
 */
export async function openRecordingFolder(
  folder: string,
  options: ReadingOptions = {},
  launch?: LaunchChild,
): Promise<Recording> {
  const storage = await storageAt(folder, options.name);
  const found = await findRecording(storage, options);
  if (found.format.container !== true)
    return withOrigin(await found.open(createSharpCodec(), options), folder, options);
  await storage.close();
  const recording = await openApart(folder, { ...options, format: found.format.name }, { launch });
  return withOrigin(recording, folder, options);
}

/** Whoever opens it again gets the same samples, whatever a person cuts out of it meanwhile. */
function withOrigin(recording: Recording, folder: string, options: ReadingOptions): Recording {
  const { cuts, badPictures } = recording;
  const origin: RecordingOrigin = {
    path: resolve(folder),
    options: { ...options, name: options.name ?? folder, cuts, badPictures },
  };
  return { ...recording, origin };
}
