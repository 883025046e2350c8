import { readdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolders } from './cache-folders.ts';

/** Decoded frames take at most this much of the disk [bytes], and at most this share of what is free. */
const MOST_BYTES = 8 * 1024 ** 3;
const SHARE_OF_FREE = 0.25;

/** Where decoded frames are kept from one training to the next, and how much may be added. */
export interface FrameCacheFolder {
  readonly folder: string;
  readonly limitBytes: number;
}

/**
 * Makes room in the folder for decoded frames: what was not used for longest goes first, until half of what may be there
 * is free for new ones. It may be deleted at any time, also by hand.
 */
export async function frameCacheFolder(
  folder = path.join(cacheFolders()[0]!, 'frames'),
  most = MOST_BYTES,
): Promise<FrameCacheFolder> {
  const files = await filesByUse(folder);
  let used = files.reduce((sum, file) => sum + file.bytes, 0);
  const disk = await statfs(await nearest(folder)).catch(() => undefined);
  const free = disk === undefined ? Number.POSITIVE_INFINITY : disk.bavail * disk.bsize;
  const limit = Math.min(most, used + SHARE_OF_FREE * free);
  for (const { name, bytes } of files) {
    if (used <= limit / 2) break;
    await rm(path.join(folder, name), { force: true });
    used -= bytes;
  }
  return { folder, limitBytes: Math.max(0, Math.floor(limit - used)) };
}

/** The files, those unused for longest first. Access times are kept by most systems at least once a day. */
async function filesByUse(folder: string): Promise<{ name: string; bytes: number }[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = await Promise.all(
    names.map(async (name) => {
      const about = await stat(path.join(folder, name)).catch(() => undefined);
      return about && { name, bytes: about.size, used: Math.max(about.atimeMs, about.mtimeMs) };
    }),
  );
  return files.filter((file) => file !== undefined).sort((a, b) => a.used - b.used);
}

/** The folder, or the nearest one above it that is there. */
async function nearest(folder: string): Promise<string> {
  const there = await stat(folder).then(
    () => true,
    () => false,
  );
  const above = path.dirname(folder);
  return there || above === folder ? folder : nearest(above);
}
