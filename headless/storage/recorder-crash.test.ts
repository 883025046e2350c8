import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

// One file without TypeScript starts in a third of the time, and it starts two hundred times.
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(import.meta.dirname, 'recorder-process.ts'), outDir: bundle, target: 'node20' },
  });
});

const KILLS = 200;
/** Recorders alive at the same time: most of their time they sleep. */
const AT_ONCE = 4;
const RATE = 60;

/** Starts a recorder, kills it a while after its first sample, and returns the last sample that it had handed in. */
async function recordAndKill(folder: string, milliseconds: number): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, [join(bundle, 'recorder-process.js'), folder], {
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
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill('SIGKILL');
  await exited;
  return Number(output.trimEnd().split('\n').at(-1));
}

describe.skipIf(process.platform === 'win32')('a recorder killed at any moment', () => {
  it(`opens ${KILLS} times without a repair step and misses one second at most`, async () => {
    const random = createStream(11, 'kill');
    const moments = Array.from({ length: KILLS }, () => random.uniform(0, 400));
    const results: { handedIn: number; length: number }[] = [];
    const queue = moments.entries();
    const work = async (): Promise<void> => {
      for (const [number, moment] of queue) {
        const folder = join(scratch, String(number));
        const handedIn = await recordAndKill(folder, moment);
        const storage = new DiskStorage(folder);
        const recording = await openRecording(storage, createSharpCodec());
        const { length, columns, cameras } = recording;
        results.push({ handedIn, length });
        expect([...(columns.steeringAngle ?? [])]).toEqual(Array.from({ length }, (_, i) => i));
        for (const loader of Object.values(cameras)) {
          for (let i = 0; i < length; i++) expect(loader.has(i)).toBe(true);
          if (length > 0) expect((await loader.load(length - 1)).pixels[0]).toBe((length - 1) % 256);
        }
        await recording.close();
        rmSync(folder, { recursive: true, force: true });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(results).toHaveLength(KILLS);
    for (const { handedIn, length } of results) expect(handedIn + 1 - length).toBeLessThanOrEqual(RATE);
    // The moments are worth something only when most kills hit a recorder at work.
    expect(results.filter(({ length }) => length > 0).length).toBeGreaterThan(KILLS / 2);
  }, 300_000);
});
