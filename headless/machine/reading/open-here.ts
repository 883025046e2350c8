import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { findRecording } from '../../../datasets/formats/open.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { singleFile } from '../../../datasets/storage/single-file.ts';
import type { FileStorage } from '../../../datasets/storage/storage.ts';
import { isZip, openZip } from '../../../datasets/storage/zip.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { registerWebCodecs } from '../images/webcodecs.ts';
import { DiskStorage } from '../storage/disk.ts';
import type { ReadingOptions } from './messages.ts';

/** Archives other than zip, by their first bytes. */
const PACKED = [
  { name: 'gzip', magic: [0x1f, 0x8b] },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68] },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: '7-Zip', magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { name: 'RAR', magic: [0x52, 0x61, 0x72, 0x21] },
] as const;
const LONGEST_MAGIC = 8;

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
    const start = await folder.readRange(basename(whole), 0, LONGEST_MAGIC);
    if (isZip(start)) {
      return closingOnFailure(folder, () => openZip(folder, basename(whole), name ?? path));
    }
    await folder.close();
    const packed = PACKED.find(({ magic }) => magic.every((byte, i) => start[i] === byte));
    if (packed !== undefined) {
      throw new Refusal(
        'packed-recording',
        path,
        `${packed.name} archives are not read`,
        'unpack it and give the folder',
      );
    }
    return singleFile(new DiskStorage(dirname(whole), name ?? dirname(path)), basename(whole));
  }
  if (about?.isDirectory()) {
    const folder = new DiskStorage(path, name ?? (/^\.{1,2}$/.test(basename(path)) ? basename(resolve(path)) : path));
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
  const found = await findRecording(through(await storageAt(path, options.name)), options);
  return found.open(createSharpCodec(), { prepareVideo: registerWebCodecs, ...options });
}
