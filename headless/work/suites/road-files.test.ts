import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evaluation } from '../../../evaluation/files/evaluation.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { openSuite, SUITES } from './open-suite.ts';

const TRACKS = ['roads/ring.xodr#road=1,lane=-1,s=20', 'roads/oval.csv'];

let folder: string;
let roads: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-road-files-'));
  roads = path.join(folder, 'roads');
  file = path.join(folder, 'mine.json');
  await mkdir(roads);
  for (const name of ['ring.xodr', 'oval.csv', 'junction.xodr']) {
    await copyFile(path.join(SUITES, 'roads', name), path.join(roads, name));
  }
  await suiteWith(TRACKS.map((track) => ({ track })));
});
afterAll(() => rm(folder, { recursive: true }));

async function suiteWith(episodes: readonly object[]): Promise<void> {
  const defaults = { seed: 1, route: 60 };
  await writeFile(file, JSON.stringify({ version: 1, name: 'mine', description: 'Mine.', defaults, episodes }));
}

const wheelhouse = (...args: string[]) => runProgram(WHEELHOUSE, args);

describe('road files in suites', () => {
  it('lie where the suite says, seen from its own folder, and their hashes are told', async () => {
    const { episodes, roads: texts } = await openSuite(file);
    expect(episodes.map(({ track }) => track)).toEqual(TRACKS);
    for (const { trackHash } of episodes) expect(trackHash).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(texts!)).toEqual(['roads/ring.xodr', 'roads/oval.csv']);
  });

  it('begin where the track says', async () => {
    await suiteWith([{ track: 'roads/ring.xodr#road=1,lane=1' }, { track: TRACKS[0]! }]);
    const ended = await wheelhouse('evaluate', 'expert', '--suite', file, '--json');
    const { episodes } = JSON.parse(ended.stdout) as Evaluation;
    expect(episodes[0]!.stateHash).not.toBe(episodes[1]!.stateHash);
    await suiteWith(TRACKS.map((track) => ({ track })));
  });

  it.each<[object, RegExp]>([
    [{ track: 'roads/none.xodr' }, /mine\.json: roads\/none\.xodr: the road file is not there/],
    [
      { track: 'roads/ring.xodr#street=1' },
      /\.track: .*the start "street=1" is not known; write it as town\.xodr#road=5/,
    ],
    [{ track: 'roads/ring.xodr#road=8' }, /\.track: .*there is no road 8/],
    [{ track: 'roads/oval.csv', trackHash: '0'.repeat(64) }, /\.track: .*has been changed/],
    [{ track: 'country:5', trackHash: '0'.repeat(64) }, /\.track: country:5: is made from a seed/],
  ])('%j is refused in one line', async (episode, message) => {
    await suiteWith([episode]);
    await expect(openSuite(file)).rejects.toThrow(message);
    await suiteWith(TRACKS.map((track) => ({ track })));
  });
});

describe('an evaluation on road files', () => {
  it('is repeated by whoever has its folder, and refused with another road', async () => {
    const out = path.join(folder, 'evaluated');
    expect((await wheelhouse('evaluate', 'expert', '--suite', file, '--out', out)).code).toBe(0);
    const away = path.join(folder, 'elsewhere');
    await rename(out, away);
    const same = await wheelhouse('verify', away);
    expect(same.stdout).toMatch(/every episode went through the same states/);

    const [kept] = (await readdir(path.join(away, 'roads'))).filter((name) => name.endsWith('.csv'));
    await writeFile(path.join(away, 'roads', kept!), '0,0,3,3\n');
    const changed = await wheelhouse('verify', away, '--roads', path.join(folder, 'none'));
    // The suites bring the same oval, so it is found there; a road that nobody else has is not.
    expect(changed.code).toBe(0);
  });

  it('says that a road file was changed, or is gone', async () => {
    const road = path.join(folder, 'own.csv');
    await copyFile(path.join(roads, 'oval.csv'), road);
    await writeFile(road, `# mine\n${await readFile(road, 'utf8')}`);
    const out = path.join(folder, 'own');
    expect((await wheelhouse('evaluate', 'expert', '--track', road, '--route', '50', '--out', out)).code).toBe(0);
    const [kept] = await readdir(path.join(out, 'roads'));
    await writeFile(path.join(out, 'roads', kept!), '0,0,3,3\n');
    const changed = await wheelhouse('verify', out);
    expect([changed.code, changed.stderr]).toEqual([1, expect.stringMatching(/has been changed: its SHA-256 begins/)]);
    expect((await wheelhouse('verify', out, '--roads', folder)).code).toBe(0);
    await rm(path.join(out, 'roads'), { recursive: true });
    const gone = await wheelhouse('verify', out);
    expect(gone.stderr).toMatch(/own\.csv: .*is not there; name the folder in which it lies with --roads/);
  });

  it('tells the road by its name alone, and takes a suite or a track', async () => {
    const ended = await wheelhouse(
      'evaluate',
      'expert',
      '--track',
      `${roads}/${TRACKS[0]!.slice(6)}`,
      '--route',
      '50',
      '--json',
    );
    const { episodes } = JSON.parse(ended.stdout) as Evaluation;
    expect(episodes[0]!.spec!.track).toBe('ring.xodr#road=1,lane=-1,s=20');
    const both = await wheelhouse('evaluate', 'expert', '--track', 'country:5', '--suite', 'smoke');
    expect(both.stderr).toMatch(/both a suite and a track are named; give --suite <suite> or --track <id>/);
    expect((await wheelhouse('evaluate', 'expert')).stderr).toMatch(/there is nothing to drive/);
  });
});
