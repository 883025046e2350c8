import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { OpenOptions } from '../../datasets/formats/format.ts';
import { openAnyRecording } from '../../datasets/formats/open.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { singleFile } from '../../datasets/storage/single-file.ts';
import { Refusal } from '../../sim/refusal.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { registerWebCodecs } from '../video/webcodecs.ts';
import { DiskStorage } from './disk.ts';

/**
 * Opens a recording of any known format from a folder on the disk, or from a single file such as an MCAP file.
 * @throws Refusal `missing-file` when there is none, and what `openAnyRecording` refuses
 */
export async function openRecordingFolder(
  folder: string,
  options: OpenOptions & { readonly format?: string } = {},
): Promise<Recording> {
  const about = await stat(folder).catch(() => undefined);
  const settings = { prepareVideo: registerWebCodecs, ...options };
  if (about?.isFile()) {
    const whole = resolve(folder);
    return openAnyRecording(
      singleFile(new DiskStorage(dirname(whole), dirname(folder)), basename(whole)),
      createSharpCodec(),
      settings,
    );
  }
  if (!about?.isDirectory()) {
    throw new Refusal(
      'missing-file',
      folder,
      'there is no such folder or file',
      'give the folder or file that holds the recording',
    );
  }
  return openAnyRecording(
    new DiskStorage(folder, folder === '.' ? basename(resolve(folder)) : folder),
    createSharpCodec(),
    settings,
  );
}
