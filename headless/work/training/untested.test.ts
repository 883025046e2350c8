import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { TINY_INPUT } from './testing/tiny-recording.ts';

const SAMPLES = 300;
let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);
const wheelhouse = (...args: string[]) => runProgram(WHEELHOUSE, args, { cwd: folder });

/** Pictures beside a list of angles [degrees], the brighter the further to the left. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-untested-'));
  await mkdir(at('drive'));
  const codec = createSharpCodec();
  const lines: string[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const angle = 40 * Math.sin(i / 20);
    const pixels = new Uint8Array(24 * 12 * 3).fill(128 + angle);
    const picture = await codec.encode({ width: 24, height: 12, time: i / 30, pixels }, { type: 'jpeg', quality: 90 });
    await writeFile(at('drive', `${i}.jpg`), picture);
    lines.push(`${i}.jpg ${angle.toFixed(4)}`);
  }
  await writeFile(at('drive', 'data.txt'), `${lines.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

it('keeps a model whose held-back end is damaged; once that is mended, its run ends with the scores', async () => {
  const broken = at('drive', `${SAMPLES - 5}.jpg`);
  const whole = await readFile(broken);
  await writeFile(broken, '');
  const common = ['--model', 'linear', ...TINY_INPUT, '--epochs', '2', '--backend', 'wasm'];
  const trained = await wheelhouse('train', 'drive', '--out', 'mine', ...common);
  expect(trained.code).toBe(1);
  expect(trained.stderr).toMatch(/model is trained and kept, .*295\.jpg.* wheelhouse train --resume \S*mine\.run/);
  const weights = await readFile(at('mine/weights.bin'));

  await writeFile(broken, whole);
  const resumed = await wheelhouse('train', '--resume', 'mine.run', '--json');
  expect(resumed.code, resumed.stderr).toBe(0);
  const document = JSON.parse(resumed.stdout);
  expect(document).toMatchObject({ untested: null, skipped: [], history: { length: 2 } });
  expect(document.test.steeringAngle.frames).toBeGreaterThan(20);
  expect(document.notes).toContainEqual(expect.any(String));
  expect((await readFile(at('mine/weights.bin'))).equals(weights)).toBe(true);
}, 60_000);

it('lists what it left out', async () => {
  const broken = at('drive', '20.jpg');
  const whole = await readFile(broken);
  await writeFile(broken, '');
  const options = ['--model', 'linear', ...TINY_INPUT, '--epochs', '1', '--backend', 'wasm', '--skip-bad', '--json'];
  const trained = await wheelhouse('train', 'drive', '--out', 'less', ...options);
  await writeFile(broken, whole);
  expect(trained.code, trained.stderr).toBe(0);
  expect(JSON.parse(trained.stdout).skipped).toEqual([expect.stringMatching(/20\.jpg/)]);
}, 60_000);

it('refuses a second training into the run of one that is there', async () => {
  const options = ['--model', 'linear', ...TINY_INPUT, '--epochs', '1', '--backend', 'wasm'];
  const asked = await Promise.all(
    ['a', 'b'].map((out) => wheelhouse('train', 'drive', '--out', out, '--run', 'one', ...options)),
  );
  expect(asked.map(({ code }) => code).sort()).toEqual([0, 1]);
  expect(asked.find(({ code }) => code === 1)!.stderr).toMatch(/one: /);
}, 60_000);
