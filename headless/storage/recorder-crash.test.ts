import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METADATA_FILE } from '../../datasets/formats/wheelhouse/layout.ts';
import { openRecording } from '../../datasets/formats/wheelhouse/reader.ts';
import { createStream } from '../../sim/random/stream.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { DiskStorage } from './disk.ts';

const scratch = mkdtempSync(join(tmpdir(), 'wheelhouse-crash-'));
// Below node_modules, so that the bundle finds the packages it leaves out.
const bundle = join(import.meta.dirname, '../../node_modules/.cache', `wheelhouse-recorder-${process.pid}`);
afterAll(() => {
  for (const folder of [scratch, bundle]) rmSync(folder, { recursive: true, force: true });
});

// One file without TypeScript starts in a third of the time, and it starts many times.
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(import.meta.dirname, 'recorder-process.ts'), outDir: bundle, target: 'node20' },
  });
});

const RECORDINGS = 200;
/** Recordings that one process makes: most of a short process is its start. */
const PER_PROCESS = 5;
/** Processes alive at the same time. */
const AT_ONCE = 2;
const RATE = 60;
/** Longest life of a recording [ms]. */
const LONGEST = 450;

/**
 * Starts a process that makes a recording for each of the given ages, and kills it when each has about its age.
 * @param ages [ms]
 * @returns the last sample that each recording had handed in, -1 where there was none
 */
async function recordAndKill(folder: string, ages: readonly number[]): Promise<number[]> {
  const oldest = Math.max(...ages);
  const delays = ages.map((age) => String(Math.round(oldest - age)));
  const child: ChildProcess = spawn(process.execPath, [join(bundle, 'recorder-process.js'), folder, ...delays], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const exited = new Promise((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve) => {
    child.stdout!.on('data', (text: Buffer) => {
      output += text.toString();
      resolve();
    });
    void exited.then(() => resolve());
  });
  await new Promise((resolve) => setTimeout(resolve, oldest));
  child.kill('SIGKILL');
  await exited;
  const last = ages.map(() => -1);
  for (const [, number, sample] of output.matchAll(/^(\d+) (\d+)$/gm)) last[Number(number)] = Number(sample);
  return last;
}

/** Checks what is left of a recording. @returns how many samples it has */
async function openKilled(folder: string): Promise<number> {
  const recording = await openRecording(new DiskStorage(folder), createSharpCodec());
  const { length, columns, cameras } = recording;
  expect([...(columns.steeringAngle ?? [])]).toEqual(Array.from({ length }, (_, i) => i));
  for (const loader of Object.values(cameras)) {
    for (let i = 0; i < length; i++) expect(loader.has(i)).toBe(true);
    if (length > 0) expect((await loader.load(length - 1)).pixels[0]).toBe((length - 1) % 256);
  }
  await recording.close();
  return length;
}

describe.skipIf(process.platform === 'win32')('a recorder killed at any moment', () => {
  it(`opens ${RECORDINGS} times without a repair step and misses one second at most`, async () => {
    const random = createStream(11, 'kill');
    const processes = Array.from({ length: RECORDINGS / PER_PROCESS }, () =>
      Array.from({ length: PER_PROCESS }, () => random.uniform(0, LONGEST)),
    );
    const results: { handedIn: number; length: number }[] = [];
    const queue = processes.entries();
    const work = async (): Promise<void> => {
      for (const [number, ages] of queue) {
        const folder = join(scratch, String(number));
        const handedIn = await recordAndKill(folder, ages);
        for (const [recording, last] of handedIn.entries()) {
          const place = join(folder, String(recording));
          // Killed before its metadata had its name, a recording is not there yet, and nothing of it was handed in.
          if (last === -1 && !existsSync(join(place, METADATA_FILE))) results.push({ handedIn: last, length: 0 });
          else results.push({ handedIn: last, length: await openKilled(place) });
        }
        rmSync(folder, { recursive: true, force: true });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(results).toHaveLength(RECORDINGS);
    for (const { handedIn, length } of results) expect(handedIn + 1 - length).toBeLessThanOrEqual(RATE);
    // The moments are worth something only when most kills hit a recorder at work.
    expect(results.filter(({ length }) => length > 0).length).toBeGreaterThan(RECORDINGS / 2);
  }, 300_000);
});
