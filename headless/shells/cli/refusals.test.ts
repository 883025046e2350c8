import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingWriter } from '../../../datasets/formats/wheelhouse/writer.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { DEFAULT_MODEL_FOLDER } from '../../work/models/model-folder.ts';

/** What each command says of what it cannot take: one line with place, fault and mend, exit code 1, nothing written. */
describe('refusals', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-refusals-'));
    await brokenModels();
    await brokenRecordings();
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function brokenModels(): Promise<void> {
    for (const name of ['short-weights', 'other-weights', 'no-weights', 'not-json', 'newer']) {
      await cp(DEFAULT_MODEL_FOLDER, path.join(folder, name), { recursive: true });
    }
    await truncate(path.join(folder, 'short-weights/weights.bin'), 1000);
    const weights = path.join(folder, 'other-weights/weights.bin');
    const bytes = await readFile(weights);
    bytes[100]! ^= 1;
    await writeFile(weights, bytes);
    await rm(path.join(folder, 'no-weights/weights.bin'));
    await writeFile(path.join(folder, 'not-json/model.json'), '{"format": ');
    const newer = path.join(folder, 'newer/model.json');
    const model = JSON.parse(await readFile(newer, 'utf8'));
    await writeFile(newer, JSON.stringify({ ...model, version: 99 }));
  }

  async function brokenRecordings(): Promise<void> {
    const image = await sharp({ create: { width: 32, height: 16, channels: 3, background: '#777' } })
      .jpeg()
      .toBuffer();
    const udacity = async (name: string, row: (i: number) => string) => {
      const storage = new DiskStorage(path.join(folder, name));
      const rows = Array.from({ length: 40 }, (_, i) => row(i));
      await storage.write('driving_log.csv', `${rows.join('\n')}\n`);
      for (let i = 0; i < 40; i++)
        if (name !== 'missing-image' || i !== 20) await storage.write(`IMG/${file(i)}`, image);
    };
    const file = (i: number) => `center_2016_12_01_13_30_${48 + Math.floor(i / 10)}_${(i % 10) * 100}.jpg`;
    await udacity('missing-image', (i) => `IMG/${file(i)},,,0.1,0.5,0,20`);
    await udacity('bad-steering', (i) => `IMG/${file(i)},,,${i === 30 ? 'NaN' : '0.1'},0.5,0,20`);
    const metadata = {
      format: 'wheelhouse',
      name: 'own',
      rate: 20,
      timeSource: 'recorded' as const,
      cameras: { centre: { width: 8, height: 8 } },
      conversions: [],
    };
    const pixels = new Uint8Array(8 * 8 * 3);
    const own = async (name: string, values: Record<string, number>) => {
      const storage = new DiskStorage(path.join(folder, name));
      const writer = await createRecordingWriter(storage, metadata, createSharpCodec(), { encoding: 'raw' });
      for (let i = 0; i < 40; i++) {
        const frames = { centre: { width: 8, height: 8, time: i / 20, pixels } };
        await writer.append({ time: i / 20, values, frames });
      }
      await writer.close();
    };
    await own('no-labels', { measuredSpeed: 1 });
    await own('broken-line', { steeringAngle: 0, speed: 1 });
    const lines = (await readFile(path.join(folder, 'broken-line/samples.jsonl'), 'utf8')).split('\n');
    lines[9] = '{"time": oops}';
    await writeFile(path.join(folder, 'broken-line/samples.jsonl'), lines.join('\n'));
  }

  const cases: [string[], RegExp][] = [
    [
      ['evaluate', 'nowhere', '--suite', 'smoke', '--out', 'out'],
      /nowhere: there is no such model folder, no driver.*;/,
    ],
    [['evaluate', 'short-weights', '--suite', 'smoke', '--out', 'out'], /short-weights\/weights\.bin: .*1000 bytes.*;/],
    [['evaluate', 'other-weights', '--suite', 'smoke', '--out', 'out'], /other-weights\/weights\.bin: .*SHA-256.*;/],
    [['evaluate', 'no-weights', '--suite', 'smoke', '--out', 'out'], /no-weights\/weights\.bin: .*missing;/],
    [['evaluate', 'not-json', '--suite', 'smoke', '--out', 'out'], /not-json\/model\.json: it is not JSON \(.*\);/],
    [['evaluate', 'newer', '--suite', 'smoke', '--out', 'out'], /newer\/model\.json, version: .*99.*update/],
    [['evaluate', 'default', '--suite', 'smok', '--out', 'out'], /suite smok: .*smoke/],
    [
      ['drive', '--driver', 'nowhere', '--track', 'country:1'],
      /nowhere: there is no such model folder.*; there are expert/,
    ],
    [['drive', '--driver', 'exprt', '--track', 'country:1'], /exprt: .*; did you mean expert\?/],
    [
      ['record', '--driver', 'constant:fast', '--track', 'country:1', '--out', 'out'],
      /constant:fast: this is no speed;/,
    ],
    [['evaluate', 'human', '--suite', 'smoke', '--out', 'out'], /human: it needs a person at the wheel;/],
    [['drive', '--track', 'contry:1'], /contry.*country/],
    [['record', '--track', 'nowhere', '--out', 'out'], /nowhere/],
    [['train', 'nowhere', '--out', 'out'], /nowhere: there is no such folder or file; give/],
    [['train', 'missing-image', '--out', 'out'], /missing-image\/driving_log\.csv:21: .*missing;/],
    [['train', 'bad-steering', '--out', 'out'], /bad-steering\/driving_log\.csv:31: steering: .*;/],
    [['train', 'broken-line', '--out', 'out'], /broken-line\/samples\.jsonl:10: .*;/],
    [['train', 'no-labels', '--out', 'out'], /the recording has no steering angles to learn from; leave it out/],
    [['train', 'broken-line', '--model', 'cnn-lstn', '--out', 'out'], /cnn-lstn.*cnn-lstm/],
  ];

  it.each(cases)('%s', async (args, message) => {
    const before = await readdir(folder);
    const { code, stdout, stderr } = await runProgram(WHEELHOUSE, args, { cwd: folder });
    expect(stderr).toMatch(message);
    // What was found is noted before it is refused; the refusal itself is the last line.
    const lines = stderr.trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('refused: '))).toEqual([lines.at(-1)]);
    expect(lines.filter((line) => !/^(refused: |note: |\d+ samples of)/.test(line))).toEqual([]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(await readdir(folder)).toEqual(before);
  });
});
