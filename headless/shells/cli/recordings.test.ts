import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingWriter } from '../../../datasets/formats/wheelhouse/writer.ts';
import { attribute, readPage, textOf, withClass } from '../../../evaluation/report/testing/read-page.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { openRecordingFolder, type RecordingOrigin } from '../../machine/reading/open-recording.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';

const COUNT = 30;
/** A name that would be markup if it were not escaped. */
const NAME = '<img src=x onerror=alert(1)>';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-recordings-'));
  const size = { width: 64, height: 32 };
  const writer = await createRecordingWriter(
    new DiskStorage(path.join(folder, 'drive')),
    { format: 'wheelhouse', name: NAME, rate: 20, timeSource: 'recorded', cameras: { centre: size }, conversions: [] },
    createSharpCodec(),
  );
  for (let i = 0; i < COUNT; i++) {
    const pixels = Uint8Array.from({ length: 64 * 32 * 3 }, (_, k) => (k * 7 + i * 11) % 256);
    await writer.append({
      time: i / 20,
      values: { steeringAngle: Math.sin(i / 3), speed: 10 },
      frames: { centre: { ...size, time: i / 20, pixels } },
    });
  }
  await writer.close();
});
afterAll(() => rm(folder, { recursive: true }));

const wheelhouse = (...args: string[]) => runProgram(WHEELHOUSE, args, { cwd: folder });

describe('recordings on the command line', () => {
  it('exports and imports again, and refuses to write where something is', async () => {
    const exported = await wheelhouse('export', 'drive', '--format', 'udacity', '--out', 'udacity', '--json');
    expect(exported).toMatchObject({ code: 0 });
    expect(JSON.parse(exported.stdout)).toMatchObject({ format: 'udacity-simulator', samples: COUNT, complete: true });
    const again = await wheelhouse('export', 'drive', '--format', 'tub', '--out', 'udacity');
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^refused: udacity: the folder is not empty; .*--out\n$/);

    const imported = await wheelhouse('import', 'udacity', '--out', 'own', '--json');
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({ format: 'udacity-simulator', samples: COUNT, skipped: [] });
    expect((await readdir(path.join(folder, 'own'))).sort()).toEqual([
      'frames-centre.bin',
      'recording.json',
      'samples.jsonl',
    ]);
  });

  it('leaves no empty folder where a command is refused that made one', async () => {
    await wheelhouse('export', 'drive', '--format', 'tub', '--out', 'torn');
    await writeFile(path.join(folder, 'torn', 'images', '3_cam_image_array_.jpg'), '');
    for (const command of [['import'], ['import', '--split'], ['export', '--format', 'udacity']]) {
      const { code } = await wheelhouse(command[0]!, 'torn', ...command.slice(1), '--out', 'new/place');
      expect([command.join(' '), code, existsSync(path.join(folder, 'new'))]).toEqual([command.join(' '), 1, false]);
    }
  });

  it('leaves a sample with an unreadable picture out with --skip-bad, whatever the command', async () => {
    await wheelhouse('export', 'drive', '--format', 'tub', '--out', 'tub');
    await writeFile(path.join(folder, 'tub', 'images', '3_cam_image_array_.jpg'), '');
    expect(await wheelhouse('import', 'tub', '--out', 'refused')).toMatchObject({ code: 1 });
    for (const args of [
      ['import', 'tub', '--out', 'from-tub'],
      ['export', 'tub', '--format', 'udacity', '--out', 'udacity-from-tub'],
      ['inspect', 'tub'],
    ]) {
      const { code, stdout } = await wheelhouse(...args, '--skip-bad', '--json');
      expect(code).toBe(0);
      const { samples, timing, skipped } = JSON.parse(stdout);
      expect(samples ?? timing.samples).toBe(COUNT - 1);
      if (skipped !== undefined) expect(skipped).toEqual([expect.stringMatching(/3_cam_image_array_\.jpg.*decoded/)]);
    }
    // Those that learn from it open it as this does, here and again in their threads.
    const options = { skipBad: true };
    const recording = await openRecordingFolder(path.join(folder, 'tub'), options);
    const { path: place, options: again } = recording.origin as RecordingOrigin;
    const reopened = await openRecordingFolder(place, again);
    for (const one of [recording, reopened]) {
      expect([one.length, one.badPictures, one.segments.length]).toEqual([COUNT - 1, [3], 2]);
      await one.close();
    }
  });

  it('stops at the first bad sample and leaves nothing, or lists what it left out with --skip-bad', async () => {
    await wheelhouse('export', 'drive', '--format', 'udacity', '--out', 'broken');
    const log = path.join(folder, 'broken', 'driving_log.csv');
    const lines = readFileSync(log, 'utf8').split('\n');
    lines[5] = lines[5]!.replace(/,[^,]*,([^,]*,[^,]*,[^,]*)$/, ',sideways,$1');
    await writeFile(log, lines.join('\n'));
    const stopped = await wheelhouse('import', 'broken', '--out', 'never');
    expect(stopped).toMatchObject({ code: 1, stdout: '' });
    expect(stopped.stderr).toMatch(/refused: broken\/driving_log\.csv:6: .*steering.*sideways/);
    expect(existsSync(path.join(folder, 'never', 'recording.json'))).toBe(false);
    const skipped = await wheelhouse('import', 'broken', '--out', 'rest', '--skip-bad', '--json');
    expect(JSON.parse(skipped.stdout)).toMatchObject({ samples: COUNT - 1 });
    expect(JSON.parse(skipped.stdout).skipped[0]).toMatch(/driving_log\.csv:6/);
  });

  it('inspects a recording: one page with the pictures, names from files as text only', async () => {
    const result = await wheelhouse('inspect', 'drive', '--out', 'look', '--json');
    expect(result.code).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({ timing: { samples: COUNT }, columns: { speed: { mean: 10 } } });
    const page = readPage(readFileSync(path.join(folder, 'look', 'inspect.html'), 'utf8'));
    expect(page.errors).toEqual([]);
    expect(page.elements.filter(({ tagName }) => tagName === 'script')).toHaveLength(0);
    expect(textOf(page.elements.find(({ tagName }) => tagName === 'h1')!)).toContain(NAME);
    const pictures = page.elements.filter(({ tagName }) => tagName === 'img');
    expect(pictures.length).toBe(24);
    for (const picture of pictures) expect(attribute(picture, 'src')).toMatch(/^data:image\/jpeg;base64,/);
    // Sample 2 is the first in the strip; the wheel turns against the clock when it turns left.
    const [first] = withClass(page, 'shot')[0]!.childNodes.flatMap((node) =>
      'childNodes' in node ? node.childNodes : [],
    );
    const turn = /rotate\((-?[\d.]+)\)/.exec(attribute(first as never, 'transform')!)![1];
    expect(Number(turn)).toBeCloseTo((-Math.sin(1 / 3) * 180) / Math.PI, 1);
  });

  it('inspects the shipped model by its bytes', async () => {
    const result = await wheelhouse('inspect', 'default', '--out', 'model', '--json');
    expect(result.code).toBe(0);
    const model = JSON.parse(result.stdout) as { parameters: number; variables: { count: number }[] };
    expect(model.variables.reduce((sum, { count }) => sum + count, 0)).toBe(model.parameters);
    const page = readPage(readFileSync(path.join(folder, 'model', 'inspect.html'), 'utf8'));
    expect(page.errors).toEqual([]);
    expect(page.elements.filter(({ tagName }) => tagName === 'img')).toHaveLength(1);
  });
});
