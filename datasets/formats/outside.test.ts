import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openHere } from '../../headless/machine/reading/open-here.ts';
import { Refusal } from '../../sim/refusal.ts';
import { allFiles } from '../storage/all-files.ts';
import { sampleRecordings } from './testing/sample-recordings.ts';

/** Paths of all files that were really opened. */
const opened = vi.hoisted(() => [] as string[]);
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const open = (file: string, ...rest: unknown[]) => {
    opened.push(file);
    return (real.open as (...all: unknown[]) => unknown)(file, ...rest);
  };
  return { ...real, open };
});

const samples = await sampleRecordings();
let scratch: string;
let inside: string;
let outside: string;
beforeEach(async () => {
  await rm(scratch ?? '', { recursive: true, force: true });
  scratch = await realpath(await mkdtemp(path.join(tmpdir(), 'wheelhouse-outside-')));
  [inside, outside] = [path.join(scratch, 'recording'), path.join(scratch, 'outside')];
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function put(file: string, content: Uint8Array | string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** Opens the recording and looks at its first frames, and gives the files that were opened for it. */
async function read(format: string): Promise<{ files: string[]; refused: boolean }> {
  opened.length = 0;
  let refused = false;
  try {
    const recording = await openHere(inside, { format });
    for (const [camera, loader] of Object.entries(recording.cameras)) {
      for (let i = 0; i < Math.min(3, recording.length); i++) if (loader.has(i)) await recording.frame(i, camera);
    }
    await recording.close();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refused = true;
  }
  const files = await Promise.all(opened.map((file) => realpath(file).catch(() => file)));
  return { files, refused };
}

const lead = (files: readonly string[]) => files.filter((file) => !file.startsWith(inside + path.sep));

describe('reads outside of a recording', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))(
    'do not happen through links, in %s',
    async (_, sample) => {
      const { storage, format } = sample;
      const paths = await allFiles(storage);
      for (const file of paths) await put(path.join(outside, file), await storage.read(file));
      // A sound one opens its files, so that there is something to see.
      for (const file of paths) await put(path.join(inside, file), await storage.read(file));
      const usual = await read(format.name);
      expect(usual.refused).toBe(false);
      expect(usual.files.length).toBeGreaterThan(0);
      let refusals = 0;
      for (const file of paths) {
        const whole = path.join(inside, file);
        await rm(whole);
        await symlink(path.join(outside, file), whole);
        const { files, refused } = await read(format.name);
        expect(lead(files), file).toEqual([]);
        if (refused) refusals++;
        await rm(whole);
        await put(whole, await storage.read(file));
      }
      expect(refusals).toBeGreaterThan(0);
    },
  );

  const ways = {
    dots: () => '../outside/',
    'dots after a folder': () => 'x/../../outside/',
    'an absolute path': () => `${outside}/`,
    backslashes: () => '..\\outside\\',
  };

  it.each(
    samples.flatMap((sample) =>
      Object.keys(ways).map((way) => [sample.name, way as keyof typeof ways, sample] as const),
    ),
  )('do not happen in %s through names with %s', async (_, way, { storage, format }) => {
    for (const file of await allFiles(storage)) {
      const content = await storage.read(file);
      await put(path.join(outside, path.basename(file)), content);
      const isText = /\.(csv|txt|json|jsonl|catalog|catalog_manifest)$/.test(file);
      const name = /(?:[\w{}:.-]+\/)*[\w{}:.-]+\.(?:jpe?g|png|mp4|mkv|parquet|catalog|bin)\b/g;
      const led = (text: string) =>
        text.replaceAll(name, (whole) => JSON.stringify(ways[way]() + path.basename(whole)).slice(1, -1));
      await put(path.join(inside, file), isText ? led(new TextDecoder().decode(content)) : content);
    }
    expect(lead((await read(format.name)).files)).toEqual([]);
  });
});
