import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METADATA_FILE } from '../../../datasets/formats/wheelhouse/layout.ts';
import { openRecording } from '../../../datasets/formats/wheelhouse/reader.ts';
import { createStream } from '../../../sim/random/stream.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { DiskStorage } from './disk.ts';

const scratch = mkdtempSync(join(tmpdir(), 'wheelhouse-crash-'));
// Below node_modules, so that the bundle finds the package it leaves out.
const bundle = join(import.meta.dirname, '../../../node_modules/.cache', `wheelhouse-recorder-${process.pid}`);
afterAll(() => {
  for (const folder of [scratch, bundle]) rmSync(folder, { recursive: true, force: true });
});

// One file without TypeScript starts in a fifth of the time, and it starts many times.
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(import.meta.dirname, 'testing/recorder-process.ts'), outDir: bundle, target: 'node20' },
    ssr: { noExternal: true, external: ['sharp'] },
  });
});

/** When a recorder is killed: so long [ms] after it first says a word. */
interface Moment {
  readonly after: 'begin' | 'close' | 'reopen';
  readonly delay: number;
}

const KILLS = 200;
/** Processes alive at the same time: mostly they wait for their next frame. */
const AT_ONCE = 4;
const RATE = 60;
/** Samples before a recording is closed and reopened, for the kills that are to hit that; else it never happens. */
const PIECE = 4;

const random = createStream(11, 'kill');
const moments: Moment[] = Array.from({ length: KILLS }, (_, i) => {
  // Closing and opening take some milliseconds each.
  if (i % 5 === 0) return { after: 'close', delay: random.uniform(0, 8) };
  if (i % 5 === 1) return { after: 'reopen', delay: random.uniform(0, 8) };
  // Once a second the files are put on the disk.
  if (i % 20 === 2) return { after: 'begin', delay: random.uniform(900, 1300) };
  return { after: 'begin', delay: random.uniform(0, 400) };
});

/** Starts a recorder, kills it at its moment. @returns the last sample that was handed in, -1 where there was none */
async function recordAndKill(folder: string, { after, delay }: Moment): Promise<number> {
  const samples = after === 'begin' ? Number.MAX_SAFE_INTEGER : PIECE;
  const child = spawn(process.execPath, [join(bundle, 'recorder-process.js'), folder, String(samples)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  let last = -1;
  for await (const line of createInterface(child.stdout)) {
    if (line === after) setTimeout(() => child.kill('SIGKILL'), delay);
    else if (/^\d+$/.test(line)) last = Number(line);
  }
  expect(await gone).toBe('SIGKILL');
  return last;
}

/** Checks what is left of a recording. @returns how many samples it has */
async function openKilled(folder: string): Promise<number> {
  const recording = await openRecording(new DiskStorage(folder), createSharpCodec());
  const { length, columns, cameras, segments } = recording;
  expect([...(columns.steeringAngle ?? [])]).toEqual(Array.from({ length }, (_, i) => i));
  expect(segments).toEqual(length === 0 ? [] : [{ start: 0, end: length }]);
  for (const loader of Object.values(cameras)) {
    for (let i = 0; i < length; i++) expect(loader.has(i)).toBe(true);
    if (length > 0) expect((await loader.load(length - 1)).pixels[0]).toBe((length - 1) % 256);
  }
  await recording.close();
  return length;
}

describe.skipIf(process.platform === 'win32')('a recorder killed at any moment', () => {
  it(`opens after each of ${KILLS} kills without a repair step and misses one second at most`, async () => {
    const left: { handedIn: number; length: number }[] = [];
    const queue = moments.entries();
    const work = async (): Promise<void> => {
      for (const [number, moment] of queue) {
        const folder = join(scratch, String(number));
        const handedIn = (await recordAndKill(folder, moment)) + 1;
        // Killed before its metadata had its name, a recording is not there yet, and nothing of it was handed in.
        const never = handedIn === 0 && !existsSync(join(folder, METADATA_FILE));
        left.push({ handedIn, length: never ? 0 : await openKilled(folder) });
        rmSync(folder, { recursive: true, force: true });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(left).toHaveLength(KILLS);
    for (const { handedIn, length } of left) expect(handedIn - length).toBeLessThanOrEqual(RATE);
    // The moments are worth something only when most kills hit a recorder at work.
    expect(left.filter(({ length }) => length > 0).length).toBeGreaterThan(KILLS / 2);
  }, 300_000);
});
