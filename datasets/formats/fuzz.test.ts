import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codec } from '../../headless/machine/images/testing/grey-jpeg.ts';
import { registerWebCodecs } from '../../headless/machine/images/webcodecs.ts';
import { openApart } from '../../headless/machine/reading/open-apart.ts';
import { ReadingProcess } from '../../headless/machine/reading/reading-process.ts';
import { DiskStorage } from '../../headless/machine/storage/disk.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { Recording } from '../recording/recording.ts';
import { allFiles } from '../storage/all-files.ts';
import { MemoryStorage } from '../storage/memory.ts';
import type { FileStorage } from '../storage/storage.ts';
import type { RecordingFormat } from './format.ts';
import { detectFormat, formats, openAnyRecording } from './open.ts';
import { sampleRecordings } from './testing/sample-recordings.ts';

/** Mutated recordings per format; `npm run fuzz` sets more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
/** Nothing may hang longer than this [ms]. */
const LONGEST = 2000;

const samples = await sampleRecordings();

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A place in a file, as a share of its length; integers spread evenly where doubles crowd at zero. */
const place = fc.integer({ min: 0, max: 999_999 }).map((number) => number / 1_000_000);

/** What a careless or hostile hand does to a file. */
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, to: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
  fc.record({
    kind: fc.constant('token' as const),
    at: place,
    text: fc.constantFrom(
      'NaN',
      '1e999',
      '-1',
      '""',
      'null',
      '9007199254740993',
      '99999999999999999999',
      '../../../../etc/hostname',
      '/etc/hostname',
      'C:\\x',
      '[]',
      '{}',
      '__proto__',
      '\u0000',
    ),
  }),
  fc.record({ kind: fc.constant('double' as const), at: place }),
  fc.record({ kind: fc.constant('remove' as const) }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(content: Uint8Array, change: Mutation): Uint8Array | undefined {
  const at = 'at' in change ? Math.min(content.length, Math.floor(change.at * content.length)) : 0;
  const splice = (middle: Uint8Array, skip: number) =>
    Uint8Array.from([...content.subarray(0, at), ...middle, ...content.subarray(at + skip)]);
  switch (change.kind) {
    case 'flip': {
      const copy = content.slice();
      if (copy.length > 0) copy[Math.min(at, copy.length - 1)] = change.to;
      return copy;
    }
    case 'cut':
      return content.slice(0, at);
    case 'insert':
      return splice(change.bytes, 0);
    case 'token': {
      // Takes the place of the number, word or text at that place.
      const text = String.fromCharCode(...content.subarray(at, at + 40));
      return splice(bytesOf(change.text), /^[\w.+-]*/.exec(text)![0].length);
    }
    case 'double':
      return splice(content.slice(at, at + 200), 0);
    case 'remove':
      return undefined;
  }
}

let scratch: string;
let reader: ReadingProcess | undefined;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'wheelhouse-fuzz-'));
});
afterAll(async () => {
  reader?.end();
  await rm(scratch, { recursive: true });
});

/** Copies a recording that its reader did not survive to where `FUZZ_KEEP` says. */
async function keep(name: string, number: number, why: string): Promise<void> {
  if (process.env.FUZZ_KEEP === undefined) return;
  const target = join(process.env.FUZZ_KEEP, `${name}-${SEED}-${number}`);
  await cp(scratch, target, { recursive: true });
  console.log(`${target}: ${why}`);
}

/** Containers are read from the disk, in a process apart, as the product does. */
async function emptyStorage({ name, container }: RecordingFormat): Promise<FileStorage> {
  if (!container) return new MemoryStorage(name);
  await rm(scratch, { recursive: true });
  await mkdir(scratch);
  return new DiskStorage(scratch, name);
}

describe('mutated recordings', () => {
  it('has a sound recording of every format to start from', async () => {
    const video = await registerWebCodecs();
    const sampled = new Set(samples.map(({ format }) => format));
    // The samples of these two are videos.
    const needed = formats.filter(({ name }) => video || !['deeptesla', 'lerobot'].includes(name));
    expect(needed.filter((format) => !sampled.has(format)).map(({ name }) => name)).toEqual([]);
  });

  it.each(samples.map((sample) => [sample.name, sample] as const))('begin with a sound one: %s', async (_, sample) => {
    const { format, storage } = sample;
    expect((await detectFormat(storage))?.format).toBe(format);
    expect((await openAnyRecording(storage, codec)).length).toBeGreaterThan(0);
    const extensions = (await allFiles(storage)).flatMap((file) => /[^/]\.([^./]+)$/.exec(file)?.[1] ?? []);
    expect([...format.files, 'md']).toEqual(expect.arrayContaining(extensions));
  });

  it.each(samples.map((sample) => [sample.name, sample] as const))(
    'gives samples or a refusal for %s, soon',
    async (_, sample) => {
      const { format, storage: sound } = sample;
      const { name } = format;
      const paths = await allFiles(sound);
      const outcomes = { opened: 0, refused: 0, stuck: 0 };
      /** Opens what is in the storage, looks at its first frames, and gives the time that took [ms]. */
      const elapsed = async (storage: FileStorage, skipBad: boolean): Promise<number> => {
        if (format.container && reader?.ended !== false) reader = await ReadingProcess.start();
        const start = performance.now();
        const before = process.cpuUsage();
        let recording: Recording | undefined;
        try {
          const found = await detectFormat(storage, [format]);
          if (found === undefined) return 0;
          recording = await (format.container
            ? openApart(scratch, { skipBad, format: name, name }, { shared: reader! })
            : format.open(found.storage, codec, { skipBad }));
          outcomes.opened++;
          expect(recording.columns.time).toHaveLength(recording.length);
          for (const [camera, loader] of Object.entries(recording.cameras)) {
            for (let i = 0; i < Math.min(recording.length, 4); i++) if (loader.has(i)) await recording.frame(i, camera);
          }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          outcomes.refused++;
          expect(error.message).not.toContain('\n');
          if (error.code === 'no-end') {
            await keep(name, outcomes.stuck++, error.message);
            // Ended by the processor time that it took, which a busy machine stretches.
            return 0;
          }
        } finally {
          if (reader?.ended !== true) await recording?.close();
          await storage.close();
        }
        const { user, system } = process.cpuUsage(before);
        // What this process did itself: on a busy machine it waits for its turn much longer.
        return Math.min(
          performance.now() - start,
          format.container ? Number.POSITIVE_INFINITY : (user + system) / 1000,
        );
      };
      const property = fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), mutation), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (changes, skipBad) => {
          const storage = await emptyStorage(format);
          for (const path of paths) await storage.write(path, await sound.read(path));
          for (const [which, change] of changes) {
            const path = paths[which % paths.length]!;
            if (!(await storage.exists(path))) continue;
            const content = mutate(await storage.read(path), change);
            if (content === undefined) await storage.remove(path);
            else await storage.write(path, content);
          }
          // A machine that is busy with other things is asked again.
          if ((await elapsed(storage, skipBad)) >= LONGEST)
            expect(await elapsed(storage, skipBad)).toBeLessThan(LONGEST);
        },
      );
      await fc.assert(property, { numRuns: RUNS, seed: SEED });
      // Mutations that are all harmless would show nothing. (All fatal they may be: MCAP guards nearly every byte.)
      expect(outcomes.refused).toBeGreaterThan(0);
      if (process.env.FUZZ_RUNS !== undefined) console.log(sample.name, outcomes);
    },
  );
});
