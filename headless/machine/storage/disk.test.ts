import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TEMPORARY_NAME } from '../../../datasets/storage/storage.ts';
import { describeStorage } from '../../../datasets/storage/testing/behaviour.ts';
import { DiskStorage } from './disk.ts';

const scratch = mkdtempSync(join(tmpdir(), 'wheelhouse-disk-'));
let folders = 0;
const fresh = () => join(scratch, String(folders++));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describeStorage('DiskStorage', async () => {
  const folder = fresh();
  mkdirSync(folder);
  return new DiskStorage(folder);
});

describe.skipIf(process.platform === 'win32')('DiskStorage and links', () => {
  it('refuses links that lead out, follows those that stay inside', async () => {
    const outside = fresh();
    const inside = fresh();
    for (const folder of [outside, inside]) mkdirSync(join(folder, 'sub'), { recursive: true });
    writeFileSync(join(outside, 'secret'), 'secret');
    writeFileSync(join(inside, 'sub', 'own'), 'own');
    symlinkSync(join(outside, 'secret'), join(inside, 'file-link'));
    symlinkSync(outside, join(inside, 'folder-link'));
    symlinkSync(join(inside, 'sub', 'own'), join(inside, 'good-link'));
    const storage = new DiskStorage(inside);
    for (const path of ['file-link', 'folder-link/secret', 'folder-link/sub/new']) {
      await expect(storage.read(path)).rejects.toMatchObject({ code: 'bad-path' });
      await expect(storage.readRange(path, 0, 1)).rejects.toMatchObject({ code: 'bad-path' });
      await expect(storage.write(path, 'x')).rejects.toMatchObject({ code: 'bad-path' });
      await expect(storage.openAppend(path)).rejects.toMatchObject({ code: 'bad-path' });
    }
    await expect(storage.remove('folder-link/secret')).rejects.toMatchObject({ code: 'bad-path' });
    expect(new TextDecoder().decode(await storage.read('good-link'))).toBe('own');
    expect((await storage.list()).map((entry) => entry.name)).toEqual(['good-link', 'sub']);
  });

  it('takes a folder that is itself reached by a link', async () => {
    const real = fresh();
    mkdirSync(real);
    writeFileSync(join(real, 'a'), '1');
    const link = fresh();
    symlinkSync(real, link);
    expect(await new DiskStorage(link).size('a')).toBe(1);
  });

  it('does not hang on a named pipe', async () => {
    const folder = fresh();
    mkdirSync(folder);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const storage = new DiskStorage(folder);
    await expect(storage.read('pipe')).rejects.toMatchObject({ code: 'missing-file' });
    expect(await storage.list()).toEqual([]);
  });

  it('makes a folder that is not there yet', async () => {
    const storage = new DiskStorage(join(fresh(), 'deep'));
    await storage.write('a.txt', 'x');
    expect(await storage.size('a.txt')).toBe(1);
  });
});

describe('DiskStorage and files under way', () => {
  it('names them so that those of a killed process are known', async () => {
    const folder = fresh();
    const storage = new DiskStorage(folder);
    const names = new Set<string>();
    const writing = storage.write('a', new Uint8Array(3e7));
    for (let i = 0; i < 1000 && names.size === 0; i++) {
      for (const name of await readdir(folder).catch(() => [])) if (name !== 'a') names.add(name);
    }
    await writing;
    expect([...names]).toEqual([expect.stringMatching(TEMPORARY_NAME)]);
  });
});

describe('DiskStorage and space', () => {
  it('knows how much is left', async () => {
    const folder = fresh();
    mkdirSync(folder);
    expect(await new DiskStorage(folder).freeBytes()).toBeGreaterThan(0);
    expect(await new DiskStorage(join(folder, 'absent')).freeBytes()).toBeUndefined();
  });

  it.skipIf(process.platform !== 'linux')('says that the disk is full', async () => {
    // The device that always is.
    const handle = await new DiskStorage('/dev').openAppend('full');
    await expect(handle.append(new Uint8Array(1))).rejects.toThrow('/dev/full: the disk is full; free some space');
    await handle.close();
  });
});

describe('DiskStorage with many readers', () => {
  it('takes no file away from who is reading it', async () => {
    const folder = fresh();
    mkdirSync(folder);
    const storage = new DiskStorage(folder);
    const names = Array.from({ length: 40 }, (_, index) => `${index}`);
    for (const name of names) writeFileSync(join(folder, name), name);
    const readings = [...names, ...names].map((name) => storage.readRange(name, 0, 10));
    // Each of these forgets the files that are held open.
    const writings = [storage.write('0', '0'), storage.remove('none'), storage.close()];
    const read = (await Promise.all(readings)).map((bytes) => new TextDecoder().decode(bytes));
    await Promise.all(writings);
    expect(read).toEqual([...names, ...names]);
    await storage.close();
  });
});
