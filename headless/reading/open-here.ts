import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { findRecording } from '../../datasets/formats/open.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { singleFile } from '../../datasets/storage/single-file.ts';
import type { FileStorage } from '../../datasets/storage/storage.ts';
import { isZip, openZip } from '../../datasets/storage/zip.ts';
import { Refusal } from '../../sim/refusal.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { DiskStorage } from '../storage/disk.ts';
import { registerWebCodecs } from '../video/webcodecs.ts';
import type { ReadingOptions } from './messages.ts';

const ZIP_MAGIC = 4;

/**
 * A folder on the disk, a zip archive, or a single file such as an MCAP file, as a storage. A folder with nothing but a
 * zip archive in it, as a drop of one leaves it, stands for the archive.
 * @param name what a person calls it; the path by default
 * @throws Refusal `missing-file` when there is neither, `bad-zip`
 */
export async function storageAt(path: string, name?: string): Promise<FileStorage> {
  const about = await stat(path).catch(() => undefined);
  if (about?.isFile()) {
    const whole = resolve(path);
    const folder = new DiskStorage(dirname(whole), dirname(path));
    if (isZip(await folder.readRange(basename(whole), 0, ZIP_MAGIC))) {
      return closingOnFailure(folder, () => openZip(folder, basename(whole), name ?? path));
    }
    return singleFile(new DiskStorage(dirname(whole), name ?? dirname(path)), basename(whole));
  }
  if (about?.isDirectory()) {
    const folder = new DiskStorage(path, name ?? (path === '.' ? basename(resolve(path)) : path));
    const [only, ...more] = await folder.list();
    const isOne = only?.kind === 'file' && more.length === 0 && /\.zip$/i.test(only.name);
    return isOne ? closingOnFailure(folder, () => openZip(folder, only.name)) : folder;
  }
  const mend = 'give the folder or file that holds the recording';
  throw new Refusal('missing-file', path, 'there is no such folder or file', mend);
}

async function closingOnFailure<T>(storage: FileStorage, job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (error) {
    await storage.close();
    throw error;
  }
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
