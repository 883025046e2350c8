import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingWriter } from '../../../datasets/formats/wheelhouse/writer.ts';
import { UNFINISHED_FILE } from '../../../datasets/writing/unfinished.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';

const COUNT = 200;
/** Samples that are there when the command is stopped, at least. */
const STOP_AT = 40;
let folder: string;

/** PNG pictures, so that imports and exports have something to do for each. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-stopped-'));
  const size = { width: 320, height: 160 };
  const writer = await createRecordingWriter(
    new DiskStorage(path.join(folder, 'drive')),
    { format: 'wheelhouse', name: 'd', rate: 20, timeSource: 'recorded', cameras: { centre: size }, conversions: [] },
    createSharpCodec(),
    { encoding: 'png' },
  );
  for (let i = 0; i < COUNT; i++) {
    const pixels = Uint8Array.from({ length: 320 * 160 * 3 }, (_, k) => ((k >> 4) * 7 + i * 11) % 256);
    await writer.append({
      time: i / 20,
      values: { steeringAngle: Math.sin(i / 30), speed: 10 },
      frames: { centre: { ...size, time: i / 20, pixels } },
      gap: i === 100,
    });
  }
  await writer.close();
});
afterAll(() => rm(folder, { recursive: true }));

const wheelhouse = (...args: string[]) => runProgram(WHEELHOUSE, args, { cwd: folder });

/** Hashes of all files below a folder, by path. */
async function tree(name: string): Promise<Record<string, string>> {
  const root = path.join(folder, name);
  const files: Record<string, string> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files[path.relative(root, file)] = createHash('sha256').update(readFileSync(file)).digest('hex');
  }
  return files;
}

/** Starts a command and stops it when a file of its has so many lines. */
async function stopAt(file: string, lines: number, signal: NodeJS.Signals, args: string[]): Promise<number | null> {
  const child: ChildProcess = spawn(process.execPath, [WHEELHOUSE, ...args], { cwd: folder, stdio: 'ignore' });
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const place = path.join(folder, file);
  for (;;) {
    if (existsSync(place) && readFileSync(place, 'utf8').split('\n').length > lines) break;
    if (child.exitCode !== null) throw new Error(`the command ended (${child.exitCode}) before it could be stopped`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  child.kill(signal);
  return gone;
}

describe.skipIf(process.platform === 'win32')('a transfer that is stopped', () => {
  it.each([
    ['import', 'samples.jsonl', ['import', 'drive']],
    ['export to Udacity', UNFINISHED_FILE, ['export', 'drive', '--format', 'udacity']],
    ['export to a tub', UNFINISHED_FILE, ['export', 'drive', '--format', 'tub']],
  ])('by SIGKILL goes on when it is run again, to the same bytes: %s', async (name, file, args) => {
    const out = name.replaceAll(' ', '-');
    const whole = await wheelhouse(...args, '--out', `${out}-whole`, '--json');
    expect(whole.code).toBe(0);
    await stopAt(`${out}/${file}`, STOP_AT, 'SIGKILL', [...args, '--out', out]);
    expect(existsSync(path.join(folder, out, UNFINISHED_FILE))).toBe(true);
    const rest = await wheelhouse(...args, '--out', out, '--json');
    expect(rest.code).toBe(0);
    expect(JSON.parse(rest.stdout)).toEqual({ ...JSON.parse(whole.stdout), out });
    expect(await tree(out)).toEqual(await tree(`${out}-whole`));
  });

  it('by Ctrl-C is not taken for the whole, and the same command goes on with it', async () => {
    const args = ['import', 'drive', '--out', 'half'];
    expect(await stopAt('half/samples.jsonl', STOP_AT, 'SIGINT', args)).toBe(130);
    const refused = await wheelhouse('inspect', 'half');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^refused: half: .*stopped before its end; run the same command again/);
    expect((await wheelhouse(...args)).stdout).toMatch(new RegExp(`^${COUNT} samples in half\n$`, 'm'));
  });

  it('by Ctrl-C leaves nothing where the format cannot be gone on with', async () => {
    const args = ['export', 'drive', '--format', 'mcap', '--out', 'log'];
    expect(await stopAt(`log/${UNFINISHED_FILE}`, 1, 'SIGINT', args)).toBe(130);
    expect(await readdir(path.join(folder, 'log'))).toEqual([]);
    expect((await wheelhouse(...args)).code).toBe(0);
    expect(await readdir(path.join(folder, 'log'))).toEqual(['recording.mcap']);
  });
});
