import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameCacheFolder } from './frame-cache.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-frames-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the folder of decoded frames', () => {
  it('lets go of what was not used for longest, and tells how much may be added', async () => {
    for (const [name, day] of [
      ['old', 1],
      ['middle', 2],
      ['new', 3],
    ] as const) {
      await writeFile(path.join(folder, name), new Uint8Array(300));
      await utimes(path.join(folder, name), day * 86_400, day * 86_400);
    }
    expect(await frameCacheFolder(folder, 2000)).toEqual({ folder, limitBytes: 1100 });
    expect((await readdir(folder)).sort()).toEqual(['middle', 'new', 'old']);
    expect(await frameCacheFolder(folder, 1000)).toEqual({ folder, limitBytes: 700 });
    expect(await readdir(folder)).toEqual(['new']);
  });

  it('need not be there yet', async () => {
    const absent = path.join(folder, 'a', 'b');
    expect(await frameCacheFolder(absent, 500)).toEqual({ folder: absent, limitBytes: 500 });
  });
});
