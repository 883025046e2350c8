import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../storage.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (content: string) => new TextEncoder().encode(content);

/** What every storage must do; each implementation's test file calls this. @param make an empty storage */
export function describeStorage(name: string, make: () => Promise<FileStorage>): void {
  describe(`${name} as a storage`, () => {
    it('reads back what was written, whole and in ranges', async () => {
      const storage = await make();
      await storage.write('a/b/hello.txt', 'hello world');
      expect(text(await storage.read('a/b/hello.txt'))).toBe('hello world');
      expect(await storage.size('a/b/hello.txt')).toBe(11);
      expect(text(await storage.readRange('a/b/hello.txt', 6, 3))).toBe('wor');
      expect(text(await storage.readRange('a/b/hello.txt', 6, 300))).toBe('world');
      expect(await storage.readRange('a/b/hello.txt', 60, 3)).toHaveLength(0);
      await storage.close();
    });

    it('reads without waiting where it can', async () => {
      const storage = await make();
      await storage.write('a/hello.txt', 'hello world');
      const file = await storage.openBlocking?.('a/hello.txt');
      if (file !== undefined) {
        expect(file.size).toBe(11);
        expect([file.read(6, 3), file.read(6, 300), file.read(60, 3)].map(text)).toEqual(['wor', 'world', '']);
        await file.close();
        await expect(storage.openBlocking!('../hello.txt')).rejects.toThrow(Refusal);
        await expect(storage.openBlocking!('none')).rejects.toMatchObject({ code: 'missing-file' });
      }
      await storage.close();
    });

    it('replaces a file as a whole, also one that was being read', async () => {
      const storage = await make();
      await storage.write('f', 'first and long');
      expect(text(await storage.readRange('f', 0, 5))).toBe('first');
      await storage.write('f', 'second');
      expect(text(await storage.readRange('f', 0, 50))).toBe('second');
      expect((await storage.list()).map((entry) => entry.name)).toEqual(['f']);
      await storage.close();
    });

    it('lets only one of several write a file that must be new', async () => {
      const storage = await make();
      const tries = ['one', 'two', 'three'].map((who) => storage.write('a/lock', who, { exclusive: true }));
      const ended = await Promise.allSettled(tries);
      expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
      for (const end of ended) if (end.status === 'rejected') expect(end.reason.code).toBe('file-exists');
      const winner = ended.findIndex(({ status }) => status === 'fulfilled');
      expect(text(await storage.read('a/lock'))).toBe(['one', 'two', 'three'][winner]);
      expect((await storage.list('a')).map(({ name }) => name)).toEqual(['lock']);
      await storage.remove('a/lock');
      await storage.write('a/lock', 'four', { exclusive: true });
      await storage.close();
    });

    it('renames a file over another one, also one that was being read', async () => {
      const storage = await make();
      await storage.write('a/old', 'old');
      await storage.write('a/new', 'and new');
      expect(text(await storage.readRange('a/old', 0, 9))).toBe('old');
      expect(text(await storage.readRange('a/new', 0, 9))).toBe('and new');
      await storage.rename('a/new', 'a/old');
      expect(text(await storage.readRange('a/old', 0, 9))).toBe('and new');
      expect((await storage.list('a')).map(({ name }) => name)).toEqual(['old']);
      await expect(storage.rename('a/new', 'a/old')).rejects.toMatchObject({ code: 'missing-file' });
      await expect(storage.rename('a/old', '../out')).rejects.toMatchObject({ code: 'bad-path' });
      await storage.close();
    });

    it('lists a folder sorted, with kinds and sizes', async () => {
      const storage = await make();
      await storage.write('z.txt', 'zz');
      await storage.write('a/one', '1');
      await storage.write('B', '');
      expect(await storage.list()).toEqual([
        { name: 'B', kind: 'file', size: 0 },
        { name: 'a', kind: 'folder', size: 0 },
        { name: 'z.txt', kind: 'file', size: 2 },
      ]);
      expect(await storage.list('a/')).toEqual([{ name: 'one', kind: 'file', size: 1 }]);
      await expect(storage.list('nothing')).rejects.toThrow(Refusal);
    });

    it('appends in call order, goes on after reopening, and cuts a broken end', async () => {
      const storage = await make();
      const first = await storage.openAppend('logs/log');
      const done = [first.append(bytes('ab')), first.append(bytes('cd'))];
      expect(first.size).toBe(4);
      await Promise.all(done);
      expect(text(await storage.read('logs/log'))).toBe('abcd');
      await first.sync();
      await first.close();
      const second = await storage.openAppend('logs/log', { truncateTo: 3 });
      expect(second.size).toBe(3);
      await second.append(bytes('x'));
      await second.close();
      expect(text(await storage.read('logs/log'))).toBe('abcx');
    });

    it('replaces bytes that were appended, where it can', async () => {
      const storage = await make();
      const file = await storage.openAppend('a');
      if (file.patch === undefined) return;
      const done = [file.append(bytes('size: ????, then more')), file.patch(6, bytes('1234')), file.append(bytes('!'))];
      await Promise.all(done);
      await file.close();
      expect(text(await storage.read('a'))).toBe('size: 1234, then more!');
    });

    it('knows what exists and removes files and folders', async () => {
      const storage = await make();
      await storage.write('a/b/c', '1');
      await storage.write('a/d', '2');
      expect([await storage.exists('a'), await storage.exists('a/b/c'), await storage.exists('a/x')]).toEqual([
        true,
        true,
        false,
      ]);
      await storage.remove('a/b');
      expect([await storage.exists('a/b/c'), await storage.exists('a/d')]).toEqual([false, true]);
      await storage.remove('never/was');
    });

    it.each(['../x', 'a/../../x', '/etc/hostname', 'C:/x', 'a\\b', 'a\0b'])('refuses the path %j', async (path) => {
      const storage = await make();
      await storage.write('a/b', '1');
      for (const attempt of [
        () => storage.read(path),
        () => storage.readRange(path, 0, 1),
        () => storage.size(path),
        () => storage.exists(path),
        () => storage.list(path),
        () => storage.write(path, 'x'),
        () => storage.openAppend(path),
        () => storage.remove(path),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: 'bad-path' });
      }
    });

    it('names the missing file', async () => {
      const storage = await make();
      await expect(storage.read('no/such.json')).rejects.toThrow(/no\/such\.json/);
      await expect(storage.readRange('no/such.json', 0, 1)).rejects.toMatchObject({ code: 'missing-file' });
      await expect(storage.size('no/such.json')).rejects.toMatchObject({ code: 'missing-file' });
    });
  });
}
