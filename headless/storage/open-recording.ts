import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { OpenOptions } from '../../datasets/formats/format.ts';
import { openAnyRecording } from '../../datasets/formats/open.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { Refusal } from '../../sim/refusal.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { registerWebCodecs } from '../video/webcodecs.ts';
import { DiskStorage } from './disk.ts';

/**
 * Opens a recording of any known format from a folder on the disk.
 * @throws Refusal `missing-file` when there is no such folder, and what `openAnyRecording` refuses
 */
export async function openRecordingFolder(
  folder: string,
  options: OpenOptions & { readonly format?: string } = {},
): Promise<Recording> {
  const about = await stat(folder).catch(() => undefined);
  if (!about?.isDirectory()) {
    throw new Refusal('missing-file', folder, 'there is no such folder', 'give the folder that holds the recording');
  }
  return openAnyRecording(
    new DiskStorage(folder, folder === '.' ? basename(resolve(folder)) : folder),
    createSharpCodec(),
    { prepareVideo: registerWebCodecs, ...options },
  );
}
