import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../../evaluation/evaluate.ts';
import { type EpisodeResult, type Evaluation, parseEvaluation } from '../../../evaluation/files/evaluation.ts';
import { compareEpisode } from '../../../evaluation/verify/verify-episodes.ts';
import { type Verification, verifyEvaluation } from '../../../evaluation/verify/verify-evaluation.ts';
import { CONTROL_PERIOD } from '../../../sim/episode/spec.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import { openDriver } from '../drivers/open-driver.ts';
import { openSuite } from '../suites/open-suite.ts';

/** Metres of each road. */
const ROUTE = 120;

describe('verify', () => {
  let folder: string;
  let evaluation: Evaluation;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-verify-'));
    const smoke = await openSuite('smoke');
    const suite = { ...smoke, episodes: smoke.episodes.map((episode) => ({ ...episode, route: ROUTE })) };
    const driver = await openDriver('expert');
    ({ evaluation } = await evaluate({ suite, driver, parallel: 3 }));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Verifies the evaluation after a change to it. */
  async function verify(change: (evaluation: Evaluation) => void = () => {}) {
    const changed = structuredClone(evaluation);
    change(changed);
    await writeFile(path.join(folder, 'evaluation.json'), JSON.stringify(changed));
    const ended = await runProgram(WHEELHOUSE, ['verify', folder, '--json']);
    const verification = ended.stdout === '' ? undefined : (JSON.parse(ended.stdout) as Verification);
    return { ...ended, verification };
  }

  it('needs nothing but the file, which keeps every hash and the whole spec', async () => {
    await verify();
    const file = path.join(folder, 'evaluation.json');
    expect(parseEvaluation(await readFile(file, 'utf8'), file)).toEqual(evaluation);
    for (const { secondHashes, simulatedSeconds, spec } of evaluation.episodes) {
      expect(secondHashes).toHaveLength(Math.floor(simulatedSeconds + CONTROL_PERIOD / 2));
      expect(spec!.route).toBe(ROUTE);
    }
  });

  it('says that nothing differs when nothing does', async () => {
    const { code, verification } = await verify();
    expect(code).toBe(0);
    expect(verification).toMatchObject({ same: true, adapter: { same: true }, backend: { same: true } });
    expect(verification!.episodes.map(({ same }) => same)).toEqual(evaluation.episodes.map(() => true));
  });

  it('says in which second a drive parts from the recorded one, and fails', async () => {
    const { code, verification, stderr } = await verify(({ episodes }) => {
      episodes[1]!.spec!.conditions.friction = 0.5;
      episodes[2]!.secondHashes![4] = 'f'.repeat(32);
    });
    expect(code).toBe(1);
    expect(stderr).toContain('failed: 2 of 4 episodes differ');
    expect(verification!.same).toBe(false);
    expect(verification!.episodes.map(({ differsInSecond }) => differsInSecond)).toEqual([null, 1, 5, null]);
  });

  it('fails where the scores are not those of the drives', async () => {
    const episode = await verify(({ episodes }) => Object.assign(episodes[1]!, { completed: 0.5, autonomy: 50 }));
    expect([episode.code, episode.verification!.same]).toEqual([1, false]);
    expect(episode.stderr).toContain('failed: scores of 1 of 4 episodes are not those of the drives');
    expect(episode.verification!.episodes[1]!.scores).toEqual([
      { metric: 'completed', recorded: 0.5, now: 1 },
      { metric: 'autonomy', recorded: 50, now: 100 },
    ]);
    const suite = await verify(({ summary }) => Object.assign(summary, { autonomy: 12 }));
    expect(suite.stderr).toContain('scores of the suite are not those of the drives: autonomy 12 recorded, 100 driven');
  });

  it('says plainly that the machine is another one', async () => {
    const { code, stderr, verification } = await verify((one) => {
      Object.assign(one, { adapter: 'llvmpipe (software rendering)', backend: 'wasm' });
    });
    expect(code).toBe(0);
    expect(stderr).toContain('the adapter that draws was llvmpipe (software rendering)');
    expect(stderr).toContain('the backend of the network was wasm');
    expect(verification!.adapter).toEqual({ recorded: 'llvmpipe (software rendering)', now: 'none', same: false });
  });

  it.each<[string, (evaluation: Evaluation) => void, RegExp]>([
    [
      'without hashes',
      (one) => Reflect.deleteProperty(one.episodes[2]!, 'secondHashes'),
      /episodes\.2\.secondHashes: /,
    ],
    ['without a spec', (one) => Reflect.deleteProperty(one.episodes[0]!, 'spec'), /episodes\.0\.spec: is missing/],
    ['with a broken spec', (one) => Object.assign(one.episodes[0]!.spec!, { route: -1 }), /episodes\.0\.spec\.route: /],
    [
      'whose model is gone',
      (one) => Object.assign(one, { driver: { path: '/no/such/model', digest: 'ab' } }),
      /no\/such/,
    ],
    [
      'that does not say where its model lies',
      (one) => {
        Reflect.deleteProperty(one, 'driver');
        Object.assign(one, { model: 'mine' });
      },
      /driver: does not say .*--model/,
    ],
  ])('refuses one %s', async (_, change, message) => {
    const changed = structuredClone(evaluation);
    change(changed);
    const again = async () => {
      const parsed = parseEvaluation(JSON.stringify(changed), 'evaluation.json');
      const open = (place: string) => openDriver(place);
      return verifyEvaluation({ evaluation: parsed, path: 'evaluation.json', open, parallel: 1 });
    };
    await expect(again()).rejects.toThrow(Refusal);
    await expect(again()).rejects.toThrow(message);
  });

  it('refuses what is not there', async () => {
    const { code, stderr } = await runProgram(WHEELHOUSE, ['verify', path.join(folder, 'nothing')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^refused: .*nothing: there is no such file/);
  });
});

describe('comparing two drives', () => {
  const drive = (secondHashes: string[], stateHash: string): EpisodeResult => {
    const scores = { completed: 1, autonomy: 100, interventions: 0, lateralRms: 0, speedRms: 0, whiteness: 0 };
    const rest = { whitenessRatio: null, simulatedSeconds: secondHashes.length + 0.5, wallSeconds: 1 };
    return { track: 't', seed: 1, ...scores, ...rest, stateHash, secondHashes };
  };

  it.each([
    [drive(['a', 'b'], 'x'), null],
    [drive(['a', 'b'], 'y'), 3],
    [drive(['a', 'c'], 'y'), 2],
    [drive(['c', 'd'], 'y'), 1],
    [drive(['a'], 'y'), 2],
    [drive(['a', 'b', 'c'], 'y'), 3],
  ])('%#: finds the second in which they part', (now, second) => {
    const verdict = compareEpisode(drive(['a', 'b'], 'x'), now);
    expect(verdict.differsInSecond).toBe(second);
    expect(verdict.same).toBe(second === null);
  });
});
