import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterAddDataOptions } from '@zip.js/zip.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../headless/machine/images/testing/grey-jpeg.ts';
import { Refusal } from '../../sim/refusal.ts';
import { openAnyRecording } from '../formats/open.ts';
import { MemoryStorage } from './memory.ts';
import { isZip, openZip } from './zip.ts';

type Files = Readonly<Record<string, Uint8Array | string>>;

async function pack(files: Files, options: ZipWriterAddDataOptions = {}): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    await writer.add(name, new Uint8ArrayReader(bytes), options);
  }
  return writer.close();
}

const open = async (bytes: Uint8Array) => openZip(new MemoryStorage('disk', { 'a.zip': bytes }), 'a.zip');
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function drive(folder = ''): Promise<Files> {
  const picture = await greyJpeg(90);
  const row = (i: number) => `C:\\me\\IMG\\center_${i}.jpg,,,0.${i},0,0,10`;
  return {
    [`${folder}driving_log.csv`]: [0, 1, 2].map(row).join('\n'),
    ...Object.fromEntries([0, 1, 2].map((i) => [`${folder}IMG/center_${i}.jpg`, picture])),
  };
}

describe('a zip archive as a storage', () => {
  it('lists and reads like a folder, whole and in ranges', async () => {
    const bytes = await pack({
      'a/b/hello.txt': 'hello world',
      'z.txt': '',
      '__MACOSX/._z.txt': 'x',
      'a/.DS_Store': 'x',
    });
    expect([isZip(bytes), isZip(new Uint8Array(8))]).toEqual([true, false]);
    const storage = await open(bytes);
    expect(await storage.list()).toEqual([
      { name: 'a', kind: 'folder', size: 0 },
      { name: 'z.txt', kind: 'file', size: 0 },
    ]);
    expect(await storage.list('a/b')).toEqual([{ name: 'hello.txt', kind: 'file', size: 11 }]);
    expect([await storage.exists('a/b'), await storage.exists('a/c'), await storage.size('a/b/hello.txt')]).toEqual([
      true,
      false,
      11,
    ]);
    expect(text(await storage.read('a/b/hello.txt'))).toBe('hello world');
    expect(text(await storage.readRange('a/b/hello.txt', 6, 300))).toBe('world');
    expect(text((await storage.openBlocking!('a/b/hello.txt')).read(6, 3))).toBe('wor');
    await expect(storage.read('none')).rejects.toMatchObject({ code: 'missing-file' });
    await expect(storage.read('../a.zip')).rejects.toMatchObject({ code: 'bad-path' });
  });

  it.each(['', 'my drive/'])('holds a recording, in folder %j', async (folder) => {
    const recording = await openAnyRecording(await open(await pack(await drive(folder))), codec);
    expect([recording.metadata.format, recording.length]).toEqual(['udacity-simulator', 3]);
    expect((await recording.frame(2, 'centre')).width).toBe(32);
    await recording.close();
  });

  it.each(['../evil.txt', '/etc/evil.txt', 'C:/evil.txt', 'a/../../evil.txt', '..\\evil.txt'])(
    'refuses an archive with the entry %s',
    async (name) => {
      // The library would not write such a name, so another of the same length is replaced afterwards.
      const stand = 'x'.repeat(name.length);
      const bytes = await pack({ ...(await drive()), [stand]: 'evil' });
      const [from, to] = [stand, name].map((one) => new TextEncoder().encode(one)) as [Uint8Array, Uint8Array];
      for (let i = 0; i < bytes.length; i++) if (from.every((byte, k) => bytes[i + k] === byte)) bytes.set(to, i);
      await expect(open(bytes)).rejects.toThrow(Refusal);
    },
  );

  it('refuses links, passwords and damage', async () => {
    await expect(open(await pack({ link: '/etc/passwd' }, { unixMode: 0o120777 }))).rejects.toThrow(
      /a\.zip\/link: it is a link/,
    );
    await expect(open(await pack({ a: 'secret' }, { password: 'x' }))).rejects.toThrow(/a\.zip\/a: it has a password/);
    const bytes = await pack({ a: 'some text that is packed, packed, packed and packed' });
    await expect(open(bytes.slice(0, -30))).rejects.toThrow(/disk\/a\.zip: the archive is damaged/);
    bytes[45]! ^= 0xff;
    const storage = await open(bytes);
    await expect(storage.read('a')).rejects.toThrow(/disk\/a\.zip\/a: the archive is damaged/);
  });

  it('refuses an entry that unpacks to more than it says', async () => {
    const bytes = await pack({ a: new Uint8Array(5_000_000) });
    // The sizes stand in the local header (behind the data when that is a stream) and in the central directory.
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let i = 0; i + 4 <= bytes.length; i++) if (view.getUint32(i, true) === 5_000_000) view.setUint32(i, 50, true);
    const storage = await open(bytes);
    expect(await storage.size('a')).toBe(50);
    await expect(storage.read('a')).rejects.toThrow(/disk\/a\.zip\/a: the archive is damaged/);
  });

  it('gives samples or a refusal for mutated archives', async () => {
    const sound = await pack(await drive());
    let refused = 0;
    const property = fc.asyncProperty(fc.nat(sound.length - 1), fc.nat(255), fc.boolean(), async (at, to, cut) => {
      const bytes = cut ? sound.slice(0, at) : sound.slice();
      if (!cut) bytes[at] = to;
      try {
        const recording = await openAnyRecording(await open(bytes), codec, { skipBad: true });
        for (let i = 0; i < recording.length; i++) await recording.frame(i, 'centre');
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused++;
      }
    });
    await fc.assert(property, {
      numRuns: Number(process.env.FUZZ_RUNS ?? 40),
      seed: Number(process.env.FUZZ_SEED ?? 7),
    });
    expect(refused).toBeGreaterThan(0);
  });
});
