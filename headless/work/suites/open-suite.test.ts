import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Evaluation } from '../../../evaluation/files/evaluation.ts';
import type { Suite } from '../../../evaluation/suites/suite.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { listSuites, openNamedSuite, openSuite } from './open-suite.ts';

const DOCUMENT = {
  version: 1,
  name: 'pushed',
  description: 'One road, once in peace and once with a push.',
  defaults: { route: 60, seed: 5 },
  episodes: [
    { id: 'peace', track: 'country:5' },
    {
      id: 'push',
      track: 'country:5',
      disturbances: [{ kind: 'push', time: 3, duration: 0.3, force: 6000, towards: 'left' }],
    },
  ],
};

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-suites-'));
  file = path.join(folder, 'pushed.json');
  await writeFile(file, JSON.stringify(DOCUMENT));
});
afterAll(() => rm(folder, { recursive: true }));

it('a suite that is put into the folder is listed, and opened by its name, by being there', async () => {
  expect((await listSuites(folder)).map(({ name }) => name)).toEqual(['pushed']);
  expect((await openSuite('pushed', folder)).episodes.map(({ id }) => id)).toEqual(['peace', 'push']);
});

it('refuses an unknown suite and names the nearest', async () => {
  await expect(openSuite('smoek')).rejects.toThrow(/suite smoek: there is no such suite; did you mean smoke\?/);
  await expect(openSuite(path.join(folder, 'none.json'))).rejects.toThrow(/none\.json: is not there; name a suite/);
  await expect(openNamedSuite(file)).rejects.toThrow(/there is no such suite/);
  await expect(openNamedSuite('../suites/smoke')).rejects.toThrow(/there is no such suite/);
});

it('reads files with a byte order mark, and in UTF-16', async () => {
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const encoded = path.join(folder, `${encoding}.json`);
    await writeFile(encoded, `\uFEFF${JSON.stringify(DOCUMENT)}`, encoding);
    expect((await openSuite(encoded)).name).toBe('pushed');
    await rm(encoded);
  }
});

it('refuses a file that is too large before it is read', async () => {
  const large = path.join(folder, 'large.json');
  await writeFile(large, ' '.repeat(5_000_000));
  await expect(openSuite(large)).rejects.toThrow(/large\.json: is larger than/);
  await rm(large);
});

it('the command line takes a file wherever it takes the name of a suite', async () => {
  const listed = await runProgram(WHEELHOUSE, ['tracks', '--suite', file, '--json']);
  expect((JSON.parse(listed.stdout) as Suite).episodes).toHaveLength(2);
  const ended = await runProgram(WHEELHOUSE, ['evaluate', 'expert', '--suite', file, '--json']);
  expect(ended.stderr).not.toMatch(/refused/);
  const { suite, episodes } = JSON.parse(ended.stdout) as Evaluation;
  expect(suite).toBe('pushed');
  expect(episodes.map(({ spec }) => spec!.id)).toEqual(['peace', 'push']);
  expect(episodes[0]!.stateHash).not.toBe(episodes[1]!.stateHash);
  expect(episodes[0]!.secondHashes!.slice(0, 3)).toEqual(episodes[1]!.secondHashes!.slice(0, 3));
});

it('an evaluation with disturbances is verified like any other', async () => {
  const out = path.join(folder, 'evaluated');
  expect((await runProgram(WHEELHOUSE, ['evaluate', 'expert', '--suite', file, '--out', out])).code).toBe(0);
  const verified = await runProgram(WHEELHOUSE, ['verify', out]);
  expect(verified.stdout).toMatch(/every episode went through the same states/);
});
