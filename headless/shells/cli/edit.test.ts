import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingWriter } from '../../../datasets/formats/wheelhouse/writer.ts';
import { createStream } from '../../../sim/random/stream.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { TINY_NETWORK } from '../../work/training/testing/tiny-recording.ts';

const COUNT = 300;
const [WIDTH, HEIGHT, RATE] = [64, 32, 20];
const DROPPED = [101, 180];
let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);

/** A drive whose scene moves as the wheel turns, but whose steering was stored with the sign of `sign`. */
async function writeDrive(place: string, sign: number, time: (i: number) => number = (i) => i / RATE): Promise<void> {
  const writer = await createRecordingWriter(
    new DiskStorage(place),
    {
      format: 'wheelhouse',
      name: path.basename(place),
      rate: RATE,
      timeSource: 'recorded',
      cameras: { centre: { width: WIDTH, height: HEIGHT } },
      conversions: [],
    },
    createSharpCodec(),
    { encoding: 'raw' },
  );
  const random = createStream(7, 'panorama');
  const panorama = Float64Array.from({ length: 512 }, () => random.uniform(20, 235));
  let direction = 100;
  for (let i = 0; i < COUNT; i++) {
    const angle = Math.sin(i / 9) + 0.5 * Math.sin(i / 23);
    const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
    for (let x = 0; x < WIDTH; x++) {
      const place = (((x / 4 - direction) % 512) + 512) % 512;
      const share = place - Math.floor(place);
      const grey = (1 - share) * panorama[Math.floor(place)]! + share * panorama[Math.ceil(place) % 512]!;
      for (let y = 0; y < HEIGHT; y++) pixels.fill(grey, 3 * (y * WIDTH + x), 3 * (y * WIDTH + x) + 3);
    }
    const values = { steeringAngle: DROPPED.includes(i) ? 0 : sign * (3 + angle), speed: 9 };
    const frame = { width: WIDTH, height: HEIGHT, time: time(i), pixels };
    await writer.append({ time: time(i), values, frames: { centre: frame } });
    direction += 0.3 * angle;
  }
  await writer.close();
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-edit-'));
  await writeDrive(at('wrong'), -1);
  await writeDrive(at('two'), 1, (i) => (i < 150 ? 1000 + i / RATE : i / RATE));
  await writeFile(at('network.json'), JSON.stringify(TINY_NETWORK));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => runProgram(WHEELHOUSE, args, { cwd: folder });

async function wheelhouse(...args: string[]) {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect(code, stderr).toBe(0);
  return { result: JSON.parse(stdout), stderr };
}

const codes = (result: { findings: { code: string }[] }) => result.findings.map(({ code }) => code);

describe('edits on the command line', () => {
  it('turn the sign round for every later command, and back', async () => {
    const train = ['--network', 'network.json', '--size', '24x12', '--epochs', '1', '--backend', 'wasm'];
    const wrong = await wheelhouse('train', 'wrong', '--out', 'wrong-model', ...train);
    expect(wrong.stderr).toMatch(/warning: wrong: The road bends against the wheel .*edit <recording> --flip-steering/);
    expect(codes(wrong.result)).toContain('sign');
    await wheelhouse('edit', 'wrong', '--flip-steering');
    const look = await wheelhouse('inspect', 'wrong');
    expect(codes(look.result)).toContain('sign-agrees');
    expect(look.result.columns.steeringAngle.mean).toBeGreaterThan(2.8);
    const mended = await wheelhouse('train', 'wrong', '--out', 'right-model', ...train);
    expect(codes(mended.result)).not.toContain('sign');
    await wheelhouse('import', 'wrong', '--out', 'copy');
    expect((await wheelhouse('inspect', 'copy')).result.columns.steeringAngle.mean).toBeGreaterThan(2.8);
    const back = await wheelhouse('edit', 'wrong', '--flip-steering');
    expect(back.result.columns).toEqual({});
    expect((await wheelhouse('inspect', 'wrong')).result.columns.steeringAngle.mean).toBeLessThan(-2.8);
  }, 120_000);

  it('bridge dropouts or cut them out, and take it back', async () => {
    const before = await wheelhouse('inspect', 'two');
    expect(codes(before.result)).toContain('dropouts-steeringAngle');
    expect(before.result.dropouts).toHaveLength(2);
    const bridged = await wheelhouse('edit', 'two', '--dropouts', 'interpolate');
    expect(bridged.result).toMatchObject({ dropouts: 2, samples: COUNT });
    const after = await wheelhouse('inspect', 'two');
    expect(codes(after.result)).not.toContain('dropouts-steeringAngle');
    expect(after.result.columns.steeringAngle.min).toBeGreaterThan(1);
    await wheelhouse('edit', 'two', '--restore', '--dropouts', 'cut', '--cut', '10..19');
    const cut = await wheelhouse('inspect', 'two');
    expect(cut.result).toMatchObject({ cut: 12, timing: { samples: COUNT - 12 } });
    await wheelhouse('edit', 'two', '--restore');
    expect((await readdir(at('two'))).filter((name) => /edits|columns/.test(name))).toEqual([]);
  }, 120_000);

  it('are refused where they cannot be kept, and leave nothing', async () => {
    const beyond = await run('edit', 'two', '--cut', '5..400');
    expect(beyond).toMatchObject({ code: 1, stdout: '' });
    expect(beyond.stderr).toMatch(/^refused: two: cuts\.0\.end: the recording has 300 samples; cut within it\n$/);
    await writeFile(at('log.mcap'), 'x');
    expect((await run('edit', 'log.mcap', '--flip-steering')).stderr).toMatch(/log\.mcap: .*wheelhouse import/);
    expect((await run('edit', 'two', '--cut', '9..3')).stderr).toMatch(/ends before it begins/);
    await writeFile(at('two/edits.json'), '{"cuts": [');
    expect((await run('edit', 'two')).stderr).toMatch(/edits\.json/);
    expect((await wheelhouse('edit', 'two', '--restore')).result.edits).toEqual({ cuts: [] });
  }, 60_000);
});

describe('several drives', () => {
  it('in one recording are told, and split at import', async () => {
    const { result } = await wheelhouse('inspect', 'two');
    expect(codes(result)).toContain('several-recordings');
    const split = await wheelhouse('import', 'two', '--out', 'parts', '--split');
    expect(split.result.parts).toMatchObject([
      { out: 'parts/part-1', samples: 150, complete: true },
      { out: 'parts/part-2', samples: 150, complete: true },
    ]);
    expect((await run('inspect', 'parts')).stdout).toMatch(/two 1 +wheelhouse +150 .*\ntwo 2 +wheelhouse +150 /);
    await wheelhouse('import', 'two', '--out', 'sorted', '--sort-by-time');
    const sorted = await wheelhouse('inspect', 'sorted');
    expect(sorted.result.timing).toMatchObject({ samples: COUNT, backwards: { samples: [], fault: 'none' } });
  }, 120_000);

  it('of folders of the same name are told apart, without the folders before', async () => {
    for (const who of ['anna', 'bob']) await cp(at('wrong'), at(who, 'data'), { recursive: true });
    const about = JSON.parse(await readFile(at('wrong/recording.json'), 'utf8'));
    for (const who of ['anna', 'bob']) {
      const metadata = { ...about.metadata, name: at(who, 'data') };
      await writeFile(at(who, 'data/recording.json'), JSON.stringify({ ...about, metadata }));
    }
    const { result } = await wheelhouse('inspect', at('anna/data'), at('bob/data'));
    expect(result.recordings.map(({ name }: { name: string }) => name)).toEqual(['anna/data', 'bob/data']);
    await wheelhouse('import', at('anna/data'), '--out', 'named');
    expect(await readFile(at('named/recording.json'), 'utf8')).not.toContain(folder);
  }, 120_000);

  it('of which a stopped import was read in another way are not mixed', async () => {
    await wheelhouse('import', 'wrong', '--out', 'stopped');
    const lines = (await readFile(at('stopped/samples.jsonl'), 'utf8')).split('\n');
    await writeFile(at('stopped/samples.jsonl'), `${lines.slice(0, 100).join('\n')}\n`);
    await cp(at('stopped'), at('as-before'), { recursive: true });
    for (const [place, columns] of [
      ['stopped', 'of another sign'],
      ['as-before', undefined],
    ] as const) {
      const about = { import: 'wrong', format: 'wheelhouse', cuts: [], columns };
      await writeFile(at(place, 'unfinished-transfer.jsonl'), `${JSON.stringify(about)}\n`);
    }
    const other = await run('import', 'wrong', '--out', 'stopped', '--flip-steering');
    expect(other.stderr).toMatch(/refused: stopped: .*the source is read in another way; choose another folder/);
    expect((await run('import', 'wrong', '--out', 'as-before')).code).toBe(0);
  }, 60_000);
});
