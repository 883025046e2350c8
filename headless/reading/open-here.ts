import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { findRecording } from '../../datasets/formats/open.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { singleFile } from '../../datasets/storage/single-file.ts';
import type { FileStorage } from '../../datasets/storage/storage.ts';
import { Refusal } from '../../sim/refusal.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { DiskStorage } from '../storage/disk.ts';
import { registerWebCodecs } from '../video/webcodecs.ts';
import type { ReadingOptions } from './messages.ts';

/**
 * A folder on the disk, or a single file such as an MCAP file, as a storage.
 * @param name what a person calls it; the path by default
 * @throws Refusal `missing-file` when there is neither
 */
export async function storageAt(path: string, name?: string): Promise<FileStorage> {
  const about = await stat(path).catch(() => undefined);
  if (about?.isFile()) {
    const whole = resolve(path);
    return singleFile(new DiskStorage(dirname(whole), name ?? dirname(path)), basename(whole));
  }
  if (about?.isDirectory()) return new DiskStorage(path, name ?? (path === '.' ? basename(resolve(path)) : path));
  const mend = 'give the folder or file that holds the recording';
  throw new Refusal('missing-file', path, 'there is no such folder or file', mend);
}

/** Opens a recording in this very thread. @param through wraps the storage */
export async function openHere(
  path: string,
  options: ReadingOptions,
  through: (storage: FileStorage) => FileStorage = (storage) => storage,
): Promise<Recording> {
  const found = await findRecording(through(await storageAt(path, options.name)), options.format);
  return found.open(createSharpCodec(), { prepareVideo: registerWebCodecs, ...options });
}
