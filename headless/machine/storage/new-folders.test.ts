import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lookAtFolder, removeEmptyFolders } from './new-folders.ts';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(path.join(tmpdir(), 'new-folders-'));
});
afterEach(() => rm(place, { recursive: true }));

async function leaves(folder: string, job: () => Promise<unknown>): Promise<string[]> {
  const before = await lookAtFolder(path.join(place, folder));
  await job();
  await removeEmptyFolders(before);
  return (await readdir(place, { recursive: true })).sort();
}
const make = (folder: string) => mkdir(path.join(place, folder), { recursive: true });

it('removes the folders that a job made and left empty, and none that was there', async () => {
  expect(await leaves('mine', () => make('mine'))).toEqual([]);
  expect(await leaves('a/b/mine', () => make('a/b/mine/part-1'))).toEqual([]);
  await make('there');
  expect(await leaves('there', () => make('there/images'))).toEqual(['there']);
  expect(await leaves('there/mine', () => make('there/mine'))).toEqual(['there']);
  expect(await leaves('never-made', async () => undefined)).toEqual(['there']);
});

it('keeps what holds something', async () => {
  const job = async () => {
    await make('mine/empty');
    await writeFile(path.join(place, 'mine', 'kept.txt'), '1');
  };
  expect(await leaves('mine', job)).toEqual(['mine', path.join('mine', 'kept.txt')]);
  await make('mine/mine-of-old');
  expect(await leaves('mine', () => make('mine/new'))).toContain(path.join('mine', 'mine-of-old'));
});
