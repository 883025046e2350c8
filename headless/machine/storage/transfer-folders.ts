import { readdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UNFINISHED_FILE } from '../../../datasets/writing/unfinished.ts';
import { Refusal } from '../../../sim/refusal.ts';

/** @throws Refusal `same-folder` when a transfer would write into what it reads */
export async function refuseSameFolder(source: string, target: string): Promise<void> {
  const [from, to] = await Promise.all([source, target].map((path) => realpath(path).catch(() => resolve(path))));
  if (from !== to) return;
  throw new Refusal('same-folder', target, 'the source is there', 'choose another folder with --out');
}

/** @throws Refusal `taken-folder` when the folder is there and holds something else than an unfinished transfer */
export async function refuseFullFolder(folder: string): Promise<void> {
  const present: string[] = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new Refusal('taken-folder', folder, 'this is not a folder', 'choose another one with --out');
  });
  if (present.length === 0 || present.includes(UNFINISHED_FILE)) return;
  throw new Refusal('taken-folder', folder, 'the folder is not empty', 'empty it, or choose another one with --out');
}
