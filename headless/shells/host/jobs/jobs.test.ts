import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording } from '../../../../datasets/formats/wheelhouse/reader.ts';
import { createRecordingWriter } from '../../../../datasets/formats/wheelhouse/writer.ts';
import { createLibraryClient } from '../../../../host-api/client.ts';
import type { Job } from '../../../../host-api/contract.ts';
import { DEFAULT_FRONT_CAMERA } from '../../../../sim/camera/mount.ts';
import { createSharpCodec } from '../../../machine/images/sharp-codec.ts';
import { forkChild, type LaunchChild } from '../../../machine/processes/child.ts';
import { builtinModels } from '../../../work/library/library-folder.ts';
import { listSuites, openSuite } from '../../../work/suites/open-suite.ts';
import { type Host, openHost } from '../host.ts';
import { createRunners } from './runners.ts';

const BASE = 'http://wheelhouse.test';
const codec = createSharpCodec();
const faults: unknown[] = [];
let folder: string;
let host: Host;

/** Every process that evaluated, the newest last; killed as a fault of a graphics driver would kill it. */
const children: { kill(): void; ended: boolean }[] = [];
const launch: LaunchChild = (module) => {
  const child = forkChild(module);
  const seen = { kill: () => child.kill(), ended: false };
  child.onExit(() => {
    seen.ended = true;
  });
  children.push(seen);
  return child;
};

const client = createLibraryClient(BASE, (request) => {
  const headers = new Headers(request.headers);
  headers.set('origin', BASE);
  return host.fetch(new Request(request, { headers }));
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-jobs-'));
  host = await openHost({
    shell: 'web',
    library: folder,
    pages: folder,
    hosts: ['wheelhouse.test'],
    originOf: (name) => `http://${name}`,
    runners: createRunners(launch),
    builtinModels: builtinModels(),
    report: (error) => faults.push(error),
  });
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every state of the job until it has ended. */
async function watch(id: string): Promise<Job[]> {
  const seen: Job[] = [];
  for await (const job of client.watchJob(id)) seen.push(job);
  return seen;
}

async function draftUdacity(rows: string[]): Promise<string> {
  const { id } = await client.createDraft();
  const files = client.files('drafts', id);
  const frame = { width: 32, height: 16, time: 0, pixels: new Uint8Array(32 * 16 * 3).fill(80) };
  const picture = await codec.encode(frame, { type: 'jpeg', quality: 90 });
  for (const camera of ['center', 'left', 'right']) {
    for (let i = 0; i < 3; i++) await files.write(`IMG/${camera}_2024_05_06_10_11_12_${100 + 70 * i}.jpg`, picture);
  }
  await files.write('driving_log.csv', `${rows.join('\n')}\n`);
  return id;
}

const row = (i: number, steering: string) =>
  `${['center', 'left', 'right'].map((camera) => `IMG/${camera}_2024_05_06_10_11_12_${100 + 70 * i}.jpg`).join(',')},${steering},0,0,20`;

describe('an import', () => {
  it('makes a recording of what was dropped', async () => {
    const draft = await draftUdacity([row(0, '0.1'), row(1, '0.2'), row(2, '0.3')]);
    const { id } = await client.startImport({ draft, name: 'My <b>lake</b>' });
    const end = (await watch(id)).at(-1)!;
    expect(end).toMatchObject({ state: 'finished', completed: 1, error: null, note: '' });
    const details = await client.recording(end.results[0]!);
    expect(details).toMatchObject({ name: 'My <b>lake</b>', samples: 3, duration: 0.14, problem: null });
    const recording = await openRecording(client.files('recordings', details.id), codec);
    expect(recording.columns.steeringAngle![2]! / recording.columns.steeringAngle![0]!).toBeCloseTo(3, 9);
    expect((await recording.frame(1, 'centre')).width).toBe(32);
    await expect(client.files('drafts', draft).list()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leaves bad samples out and says so', async () => {
    const draft = await draftUdacity([row(0, '0.1'), row(1, 'nan'), row(2, '0.3')]);
    const { id } = await client.startImport({ draft, name: 'Scratched' });
    const end = (await watch(id)).at(-1)!;
    expect(end.state).toBe('finished');
    expect(end.note).toMatch(/^1 sample left out.*driving_log\.csv:2/);
    expect((await client.recording(end.results[0]!)).samples).toBe(2);
  });

  it('splits a recording of the library where time runs backwards, or sorts it', async () => {
    const { id } = await client.createRecording({ name: 'Two drives' });
    const metadata = { format: 'wheelhouse', name: 'Two drives', rate: 20, timeSource: 'recorded' as const };
    const writer = await createRecordingWriter(
      client.files('recordings', id),
      { ...metadata, cameras: { centre: { width: 4, height: 2 } }, conversions: [] },
      codec,
      { encoding: 'png' },
    );
    const frame = { width: 4, height: 2, time: 0, pixels: new Uint8Array(24).fill(90) };
    for (const time of [0, 0.05, 0.1, 0.02, 0.07]) {
      await writer.append({ time, values: { steeringAngle: time }, frames: { centre: frame } });
    }
    await writer.close();
    const made = async (clock: 'split' | 'sort') => {
      const job = await client.startImport({ recording: id, name: 'Two drives', clock });
      const end = (await watch(job.id)).at(-1)!;
      const recordings = await Promise.all(end.results.map((result) => client.recording(result)));
      return { note: end.note, found: recordings.map(({ name, samples }) => [name, samples]) };
    };
    expect((await made('split')).found).toEqual([
      ['Two drives 1', 3],
      ['Two drives 2', 2],
    ]);
    const sorted = await made('sort');
    expect(sorted.found).toEqual([['Two drives', 5]]);
    expect(sorted.note).toMatch(/4 samples stand elsewhere in the order of times/);
    // What they were made of stays.
    expect(await client.recording(id)).toMatchObject({ samples: 5 });
  });

  it('stores pictures as asked, and stops at a bad sample where none may be left out', async () => {
    const png = await draftUdacity([row(0, '0.1'), row(1, '0.2')]);
    const { id } = await client.startImport({ draft: png, name: 'All PNG', pictures: 'png' });
    const end = (await watch(id)).at(-1)!;
    const recording = await openRecording(client.files('recordings', end.results[0]!), codec);
    expect((await recording.cameras.centre!.encoded!(0)).type).toBe('png');
    const bad = await draftUdacity([row(0, '0.1'), row(1, 'nan'), row(2, '0.3')]);
    const strict = await client.startImport({ draft: bad, name: 'Strict', skipBad: false });
    expect((await watch(strict.id)).at(-1)).toMatchObject({ state: 'failed', error: { code: 'bad-sample' } });
    await expect(client.startImport({ name: 'Nothing' })).rejects.toThrow(/a draft or a recording/);
  });

  it('of something else is refused, and nothing is left behind', async () => {
    const { id: draft } = await client.createDraft();
    await client.files('drafts', draft).write('holiday.txt', 'sun');
    const before = (await client.recordings()).length;
    const { id } = await client.startImport({ draft, name: 'Holiday' });
    expect((await watch(id)).at(-1)).toMatchObject({ state: 'failed', error: { code: 'unknown-format' } });
    expect(await client.recordings()).toHaveLength(before);
  });
});

const GUST = { kind: 'gust', time: 1, duration: 1, speed: 20, towards: 'left' };

describe('an evaluation', () => {
  it('runs while the host goes on answering, and leaves its scores and its report', async () => {
    const { id } = await client.startJob({
      kind: 'evaluate',
      model: 'expert',
      suite: 'smoke',
      name: 'The <i>expert</i>',
    });
    const seen: Job[] = [];
    let answered = 0;
    for await (const job of client.watchJob(id)) {
      seen.push(job);
      if ((await client.job(id)).state === 'running') answered++;
    }
    expect(answered).toBeGreaterThan(0);
    expect(seen.at(-1)).toMatchObject({ state: 'finished', error: null });
    const shares = seen.map((job) => job.completed ?? 0);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const roads = (await openSuite('smoke')).episodes.map((episode) => episode.track);
    const told = seen.filter((job) => job.state === 'running' && job.episodes.length > 0);
    expect(told.length).toBeGreaterThan(1);
    for (const { episodes, completed } of told) {
      expect(episodes.map((episode) => episode.track)).toEqual(roads);
      expect(completed).toBeCloseTo(episodes.reduce((sum, one) => sum + one.completed, 0) / roads.length, 9);
    }
    expect(told[0]!.episodes.map((episode) => episode.state)).toContain('driving');
    expect(told[0]!.episodes.at(-1)).toMatchObject({ state: 'waiting', completed: 0 });
    const details = await client.evaluation(seen.at(-1)!.results[0]!);
    expect(details).toMatchObject({ name: 'The <i>expert</i>', hasReport: true });
    expect(details.evaluation.episodes.map((episode) => episode.track)).toEqual(roads);
    expect(details.evaluation.summary).toMatchObject({ completed: 1, interventions: 0 });
    const report = await client.files('evaluations', details.id).read('report.html');
    expect(new TextDecoder().decode(report)).toContain('</html>');
  });

  it('whose process dies is refused in one line, and the host goes on', async () => {
    const before = (await client.evaluations()).evaluations.length;
    const { id } = await client.startJob({ kind: 'evaluate', model: 'expert', suite: 'standard' });
    let last: Job | undefined;
    for await (const job of client.watchJob(id)) {
      last = job;
      if (job.completed !== null) children.at(-1)!.kill();
    }
    expect(last).toMatchObject({ state: 'failed', results: [], error: { code: 'process-died' } });
    expect(last!.error!.message).toMatch(/^expert on standard: its process ended early \(SIGKILL\); .*doctor[^\n]*$/);
    expect((await client.evaluations()).evaluations).toHaveLength(before);
    const next = await client.startJob({ kind: 'evaluate', model: 'expert', suite: 'smoke' });
    const end = (await watch(next.id)).at(-1)!;
    expect(end.state).toBe('finished');
    await client.remove('evaluations', end.results[0]!);
  });

  it('of a network, in a process of its own, shows what its car sees, and stops on request', async () => {
    const { id } = await client.startJob({ kind: 'evaluate', model: 'default', suite: 'smoke' });
    const sizes: number[] = [];
    for await (const job of client.watchJob(id)) {
      // One picture may be of the start; the second is of a drive.
      if (job.pictures < 2 || sizes.length > 0) continue;
      const response = await host.fetch(new Request(client.jobPictureAddress(job)));
      expect(response.headers.get('content-type')).toBe('image/jpeg');
      const frame = await codec.decode(new Uint8Array(await response.arrayBuffer()), 'picture', 0);
      sizes.push(frame.width, frame.height);
      // Grey would be a camera that draws nothing.
      expect(new Set(frame.pixels).size).toBeGreaterThan(100);
      await client.cancelJob(id);
    }
    expect(await client.job(id)).toMatchObject({ state: 'cancelled', error: null, results: [] });
    expect(sizes).toEqual([DEFAULT_FRONT_CAMERA.width, DEFAULT_FRONT_CAMERA.height]);
  });

  it('is cancelled on request, and the next one runs', async () => {
    const first = await client.startJob({ kind: 'evaluate', model: 'expert', suite: 'standard' });
    const second = await client.startJob({ kind: 'evaluate', model: 'expert', suite: 'standard' });
    const third = await client.startJob({ kind: 'evaluate', model: 'expert', suite: 'smoke' });
    expect((await client.cancelJob(second.id)).state).toBe('cancelled');
    for await (const job of client.watchJob(first.id)) {
      if ((job.completed ?? 0) > 0) await client.cancelJob(first.id);
    }
    expect((await client.job(first.id)).state).toBe('cancelled');
    expect((await watch(third.id)).at(-1)?.state).toBe('finished');
    expect((await client.evaluations()).evaluations).toHaveLength(2);
  });

  it('drives a suite that was handed in, and names the evaluation by it', async () => {
    const episodes = [
      { id: 'calm', track: 'country:5', seed: 1, route: 40 },
      { id: 'blown', track: 'country:5', seed: 1, route: 40, disturbances: [GUST] },
    ];
    const suite = { version: 1, name: 'mine', description: 'Mine.', episodes };
    const { id, name } = await client.startJob({ kind: 'evaluate', model: 'expert', suite });
    expect(name).toBe('expert on mine');
    const end = (await watch(id)).at(-1)!;
    expect(end).toMatchObject({ state: 'finished', error: null });
    const { evaluation } = await client.evaluation(end.results[0]!);
    expect(evaluation.suite).toBe('mine');
    expect(evaluation.episodes.map(({ spec }) => spec!.id)).toEqual(['calm', 'blown']);
    expect(evaluation.episodes[0]!.stateHash).not.toBe(evaluation.episodes[1]!.stateHash);
    await client.remove('evaluations', end.results[0]!);
  });

  it('of a suite that is wrong is refused before it is begun', async () => {
    const jobs = (await client.jobs()).length;
    const suite = {
      version: 1,
      name: 'mine',
      description: 'Mine.',
      episodes: [{ track: 'contry:5', seed: 1, route: 9 }],
    };
    await expect(client.startJob({ kind: 'evaluate', model: 'expert', suite })).rejects.toMatchObject({
      code: 'bad-suite',
      message: expect.stringMatching(/^suite: episodes\.0\.track: contry:5: there is no such track; try country:/),
      status: 422,
    });
    expect(await client.jobs()).toHaveLength(jobs);
  });

  it('may be of every suite that the host lists', async () => {
    const listed = await client.suites();
    expect(listed.map(({ name }) => name)).toEqual((await listSuites()).map(({ name }) => name));
    expect(listed[0]!.episodes[0]).toMatchObject({ id: expect.stringMatching(/./), track: expect.stringMatching(/:/) });
  });

  it('of an unknown model or suite is refused', async () => {
    await expect(client.startJob({ kind: 'evaluate', model: 'nobody', suite: 'smoke' })).rejects.toMatchObject({
      code: 'not-found',
    });
    const task = { kind: 'evaluate', suite: 'smoke' } as const;
    await expect(client.startJob({ ...task, model: 'model:nobody' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(client.startJob({ ...task, model: 'human' })).rejects.toMatchObject({ code: 'driver-not-here' });
    await expect(client.startJob({ ...task, model: 'constant:fast' })).rejects.toMatchObject({ code: 'bad-driver' });
    await expect(client.startJob({ ...task, model: 'folder:etc' })).rejects.toMatchObject({ code: 'driver-not-here' });
    await expect(client.startJob({ ...task, model: 'folder:/etc' })).rejects.toMatchObject({ code: 'bad-request' });
    const { id } = await client.startJob({ kind: 'evaluate', model: 'expert', suite: 'smok' });
    expect((await watch(id)).at(-1)?.error?.message).toMatch(/smoke/);
  });

  it('leaves no fault, no process and no draft behind', async () => {
    expect(faults).toEqual([]);
    expect(children.filter((child) => !child.ended)).toEqual([]);
    const left = await host.library.ids('drafts');
    // Only the two drafts that could not be imported are still there, for another try.
    expect(left).toHaveLength(2);
  });
});
