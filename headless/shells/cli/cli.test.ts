import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageInfo } from '../../machine/package-info.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-cli-'));
  await writeFile(path.join(folder, 'truth.csv'), 'frame_id,steering_angle\n1,0.1\n2,0.2\n3,0.1\n');
  await writeFile(path.join(folder, 'made.csv'), 'frame_id,steering_angle\n3,0.1\n1,0.2\n2,0.2\n');
  await writeFile(path.join(folder, 'broken.csv'), 'frame_id,steering_angle\n1,0.1\n2,NaN\n3,0.1\n');
});
afterAll(() => rm(folder, { recursive: true }));

const wheelhouse = (...args: string[]) => runProgram(WHEELHOUSE, args, { cwd: folder });

describe('wheelhouse', () => {
  it('prints help and version on stdout and exits with 0', async () => {
    const [help, commandHelp, version] = await Promise.all([
      wheelhouse('--help'),
      wheelhouse('score', '--help'),
      wheelhouse('--version'),
    ]);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['doctor', 'tracks', 'models', 'score'])
      expect(help.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(commandHelp).toMatchObject({ code: 0, stderr: '' });
    expect(commandHelp.stdout).toContain('--truth');
    expect(commandHelp.stdout).toContain('--json');
    expect(version).toMatchObject({ code: 0, stdout: `${packageInfo.version}\n`, stderr: '' });
  });

  it('exits with 2 and says what is wrong, in one line, when it is called wrongly', async () => {
    const calls: [string[], RegExp][] = [
      [['scroe'], /unknown command 'scroe'.*Did you mean score\?/],
      [['score', 'a', '--truth', 'b', '--rtae', '3'], /unknown option '--rtae'.*Did you mean --rate\?/],
      [['score', 'a'], /--truth <file>/],
      [['score', '--truth', 'b'], /predictions/],
      [['score', 'a', '--truth', 'b', '--rate', '-3'], /--rate <hz>.*-3.*between 0 and 1000/],
      [['score', 'a', '--truth', 'b', '--rate', 'fast'], /--rate <hz>.*fast.*a number/],
      [['score', 'a', '--truth', 'b', '--unit', 'gon'], /--unit <unit>.*rad, deg/],
    ];
    const results = await Promise.all(calls.map(([args]) => wheelhouse(...args)));
    results.forEach((result, i) => {
      expect(result).toMatchObject({ code: 2, stdout: '' });
      expect(result.stderr).toMatch(calls[i]![1]);
      expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
    });
  });

  it('shows its help on stderr when it is called with nothing', async () => {
    const result = await wheelhouse();
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain('Usage: wheelhouse');
  });

  it('refuses bad input in one line that names file, line and field, with exit code 1', async () => {
    const result = await wheelhouse('score', 'broken.csv', '--truth', 'truth.csv', '--json');
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toMatch(/^refused: broken\.csv line 3: steering_angle: .*NaN.*; .*\n$/);
  });

  it('shows where a refusal comes from with --debug', async () => {
    const result = await wheelhouse('score', 'nowhere.csv', '--truth', 'truth.csv', '--debug');
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/^refused: nowhere\.csv: is not there; .*\n/);
    expect(result.stderr).toMatch(/at .*read-angles\.ts/);
  });

  it('takes escape sequences out of what it repeats', async () => {
    const result = await wheelhouse('score', '\u001b[31mred\u0007.csv', '--truth', 'truth.csv');
    expect(result.stderr).toMatch(/^refused: \[31mred\.csv: is not there/);
  });

  it('prints one JSON document and nothing else with --json, wherever the option stands', async () => {
    const [score, tracks, models] = await Promise.all([
      wheelhouse('--json', 'score', 'made.csv', '--truth', 'truth.csv'),
      wheelhouse('tracks', '--json'),
      wheelhouse('models', '--json'),
    ]);
    for (const result of [score, tracks, models]) expect(result.code).toBe(0);
    // Frame 1 is off by 0.1, the others by nothing: the rows were brought together by frame_id.
    expect(JSON.parse(score.stdout)).toMatchObject({ frames: 3, rate: 20, rmse: Math.sqrt(0.01 / 3) });
    const listed = JSON.parse(tracks.stdout) as { tracks: { id: string }[]; suites: { name: string }[] };
    expect(listed.tracks.length).toBeGreaterThan(3);
    expect(listed.suites.map((suite) => suite.name)).toContain('smoke');
    const zoo = JSON.parse(models.stdout) as { models: { name: string }[] };
    expect(zoo.models.map((model) => model.name)).toContain('cnn-lstm');
  });

  it('prints no colours into a pipe, not even where CI is set', async () => {
    const result = await runProgram(WHEELHOUSE, ['tracks'], { env: { CI: '1' } });
    expect(result.code).toBe(0);
    expect(result.stdout).not.toContain('\u001b');
  });

  it('runs through a link, as npx calls it, and whatever tsconfig lies around', async () => {
    await writeFile(path.join(folder, 'tsconfig.json'), '{ this is no json');
    const link = path.join(folder, 'wheelhouse');
    await symlink(WHEELHOUSE, link);
    const result = await runProgram(link, ['score', 'made.csv', '--truth', 'truth.csv'], { cwd: folder });
    expect(result.code).toBe(0);
    expect(result.stdout).toContain('best lag');
  });
});
