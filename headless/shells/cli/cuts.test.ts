import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attribute, readPage, textOf } from '../../../evaluation/report/testing/read-page.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { TINY_INPUT, TINY_NETWORK, writeTinyRecording } from '../../work/training/testing/tiny-recording.ts';

const SAMPLES = 200;
const CUTS = [
  { start: 20, end: 50 },
  { start: 100, end: 130 },
];
const CUT = 60;
let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);
const cut = (cuts: unknown) => writeFile(at('drive/edits.json'), JSON.stringify({ cuts }));

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-cuts-'));
  await writeTinyRecording(at('drive'), SAMPLES);
  await writeFile(at('network.json'), JSON.stringify(TINY_NETWORK));
  await cut(CUTS);
});
afterAll(() => rm(folder, { recursive: true }));

async function wheelhouse(...args: string[]) {
  const { code, stdout, stderr } = await runProgram(WHEELHOUSE, [...args, '--json'], { cwd: folder });
  expect(code, stderr).toBe(0);
  return { result: JSON.parse(stdout), stderr };
}

describe('what a person cut out of a recording', () => {
  it('is not trained on, and makes it other data for a run', async () => {
    const tiny = ['--network', 'network.json', ...TINY_INPUT, '--epochs', '1', '--backend', 'wasm'];
    const train = async (out: string) => {
      const told = await wheelhouse('train', 'drive', '--out', out, ...tiny);
      return { ...told, run: JSON.parse(await readFile(at(`${out}.run/run.json`), 'utf8')) };
    };
    const left = await train('left');
    expect(left.result).toMatchObject({ samples: SAMPLES - CUT, cut: CUT });
    expect(left.stderr).toMatch(/60 samples are cut out/);
    expect(left.run.data.recordings).toMatchObject([{ samples: SAMPLES - CUT }]);
    await cut([]);
    const whole = await train('whole');
    expect(whole.result).toMatchObject({ samples: SAMPLES, cut: 0 });
    expect(whole.stderr).not.toMatch(/cut out/);
    expect(whole.result.windows.training).toBeGreaterThan(left.result.windows.training);
    // As many samples are cut out, but others.
    await cut([{ start: 0, end: CUT }]);
    const other = await train('other');
    expect(new Set([left, whole, other].map(({ run }) => run.data.sha256)).size).toBe(3);
    await cut(CUTS);
  }, 120_000);

  it('is not looked at, exported or imported, which is said', async () => {
    const { result } = await wheelhouse('inspect', 'drive', '--out', 'look');
    expect(result).toMatchObject({ cut: CUT, timing: { samples: SAMPLES - CUT, segments: 3 } });
    expect(result.columns.steeringAngle.count).toBe(SAMPLES - CUT);
    const page = readPage(await readFile(at('look/inspect.html'), 'utf8'));
    const figures = page.elements.find((element) => attribute(element, 'class') === 'figures')!;
    expect(textOf(figures)).toMatch(/cut out\s*60/);
    const exported = await wheelhouse('export', 'drive', '--format', 'udacity', '--out', 'udacity');
    expect(exported.result).toMatchObject({ cut: CUT, samples: SAMPLES - CUT });
    expect(exported.stderr).toMatch(/60 samples are cut out/);
    const imported = await wheelhouse('import', 'drive', '--out', 'copy');
    expect(imported.result).toMatchObject({ cut: CUT, samples: SAMPLES - CUT });
    expect((await wheelhouse('inspect', 'copy')).result).toMatchObject({ cut: 0, timing: { samples: SAMPLES - CUT } });
  }, 60_000);

  it('is not learned from without labels; what reaches beyond the recording is refused by every command', async () => {
    const search = { method: 'grid', settings: { learningRate: [0.001] } };
    await writeFile(at('search.json'), JSON.stringify(search));
    const pretrained = await wheelhouse(
      ...['pretrain', 'drive', '--out', 'eyes', ...TINY_INPUT.slice(2), '--epochs', '1', '--backend', 'wasm'],
    );
    expect(pretrained.result.cut).toBe(CUT);
    await cut([{ start: 0, end: SAMPLES + 1 }]);
    for (const args of [
      ['inspect', 'drive'],
      ['search', 'search.json', 'drive', '--out', 'trials'],
    ]) {
      const { code, stderr } = await runProgram(WHEELHOUSE, args, { cwd: folder });
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^refused: drive\/edits\.json: cuts\.0\.end: the recording has 200 samples; cut within it\n$/,
      );
    }
    await cut(CUTS);
  }, 120_000);
});
