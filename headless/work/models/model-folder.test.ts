import * as files from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openForTests } from '../../../models/testing/open-for-tests.ts';
import { createNetwork, createSpec } from '../../../models/zoo/zoo.ts';
import { readModelFolder, saveModelFolder } from './model-folder.ts';

/** Whether the disk refuses to give a folder its last name. */
let refuses = false;
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>();
  return {
    ...real,
    rename: async (from: string, to: string) => {
      if (refuses && from.endsWith('.tmp')) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      return real.rename(from, to);
    },
  };
});

let folder: string;
beforeAll(async () => {
  await openForTests('cpu');
  folder = await files.mkdtemp(path.join(os.tmpdir(), 'wheelhouse-model-folder-'));
});
afterAll(() => files.rm(folder, { recursive: true }));

it('puts back the model that was there when the disk fails at the last step', async () => {
  const place = path.join(folder, 'model');
  const [old, better] = [1, 2].map((seed) => createNetwork(createSpec('linear'), seed));
  await saveModelFolder(place, old!);
  const { sha256 } = await readModelFolder(place);
  refuses = true;
  await expect(saveModelFolder(place, better!)).rejects.toThrow(/model: .*;/);
  refuses = false;
  expect((await readModelFolder(place)).sha256).toBe(sha256);
  expect(await files.readdir(folder)).toEqual(['model']);
  await saveModelFolder(place, better!);
  expect((await readModelFolder(place)).sha256).not.toBe(sha256);
});
