import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../datasets/storage/memory.ts';
import type { FileStorage } from '../../datasets/storage/storage.ts';
import type { TrainingState } from '../training/records.ts';
import { createSpec } from '../zoo/zoo.ts';
import { CHECKPOINT_FILE } from './layout.ts';
import type { MetricLine } from './metric-lines.ts';
import { readMetrics } from './read-metrics.ts';
import { readRun } from './read-run.ts';
import { describeRun } from './run-description.ts';
import { RunFolder } from './run-folder.ts';
import { SOME_PLAN, someRunConfig } from './testing/run-config.ts';

const options = (holder = 'one') => ({ claim: { holder, words: `page ${holder}` } });
const spec = createSpec('cnn-lstm');
const state = (step: number): TrainingState => ({
  epoch: 3,
  step,
  weights: new Map([['w', Float32Array.of(step, -1e-9)]]),
  bestWeights: new Map([['w', Float32Array.of(2)]]),
  optimiser: { step: 120, slots: new Map([['heads/kernel#m', Float32Array.of(0.25, -1e-9)]]) },
  history: [{ epoch: 1, loss: 0.5, gradientNorm: 2, validationLoss: Number.NaN, learningRate: 1e-3, tensors: 40 }],
  more: new Map([['average/heads/kernel', Float32Array.of(3, 4)]]),
});
const line = (step: number): MetricLine => ({ kind: 'step', epoch: 4, step, loss: 1 / step });
const begin = (storage: FileStorage) => RunFolder.create(storage, describeRun('mine', someRunConfig()), options());

describe('a run folder', () => {
  it('brings back all that going on needs, to the last bit, and cuts the metrics back to it', async () => {
    const storage = new MemoryStorage('runs/mine');
    const run = await begin(storage);
    run.metric(SOME_PLAN);
    run.metric(line(1));
    await run.keep(state(40), spec);
    run.metric(line(2));
    await run.close();
    expect(await readMetrics(storage)).toEqual([SOME_PLAN, line(1), line(2)]);
    const again = await RunFolder.open(storage, options('two'));
    expect(again.checkpoint).toMatchObject({ state: state(40), spec });
    expect(again.isPlanned).toBe(true);
    expect(await readMetrics(storage)).toEqual([SOME_PLAN, line(1)]);
    again.metric(line(3));
    await again.keep(state(44), spec);
    await again.close();
    expect(await readMetrics(storage)).toEqual([SOME_PLAN, line(1), line(3)]);
  });

  it('killed between any two changes of its files, has a whole checkpoint and the metrics that it counts', async () => {
    // Replays a run on a storage that stops taking changes after so many of them.
    const play = async (changes: number) => {
      const files = new MemoryStorage('runs/mine');
      const run = await begin(files);
      run.metric(SOME_PLAN);
      run.metric(line(1));
      await run.keep(state(1), spec);
      const dying = stopAfter(files, changes);
      await (async () => {
        const page = await RunFolder.open(dying.storage, options());
        page.metric(line(2));
        await page.keep(state(2), spec);
        page.metric(line(3));
        await page.keep(state(3), spec);
      })().catch(() => undefined);
      await run.close();
      return { files, isDead: dying.isDead() };
    };
    const seen = new Set<number>();
    for (let changes = 0; ; changes++) {
      const { files, isDead } = await play(changes);
      const run = await RunFolder.open(files, { ...options('next'), isGone: () => true });
      const { step } = run.checkpoint!.state;
      expect(run.checkpoint!.state).toEqual(state(step!));
      expect(await readMetrics(files)).toEqual([SOME_PLAN, ...Array.from({ length: step! }, (_, i) => line(i + 1))]);
      await run.close();
      seen.add(step!);
      if (!isDead) break;
    }
    expect([...seen]).toEqual([1, 2, 3]);
  });

  it('is refused when its checkpoint is damaged, cut short, or something else', async () => {
    const storage = new MemoryStorage('runs/mine');
    const run = await begin(storage);
    await run.keep(state(1), spec);
    await run.close();
    const whole = await storage.read(CHECKPOINT_FILE);
    const refusal = async (bytes: Uint8Array | string) => {
      await storage.write(CHECKPOINT_FILE, bytes);
      return RunFolder.open(storage, options()).catch((error: Error) => error.message);
    };
    const flipped = whole.slice();
    flipped[flipped.length - 3]! ^= 1;
    expect(await refusal(flipped)).toMatch(/runs\/mine\/checkpoints\/last\.ckpt: its SHA-256/);
    expect(await refusal(whole.slice(0, -4))).toMatch(/last\.ckpt: .* bytes of numbers, .* belong there;/);
    expect(await refusal('something else')).toMatch(/this is no checkpoint/);
  });

  it('keeps its lock only as long as it is needed, and begins only where nothing else is', async () => {
    const storage = new MemoryStorage('runs/mine');
    const run = await begin(storage);
    await expect(begin(storage)).rejects.toMatchObject({ code: 'unfinished-run' });
    await run.end({ stopped: 'early', model: null, best: null, history: [], test: null });
    await run.close();
    expect(await storage.exists('lock.json')).toBe(false);
    expect((await readRun(storage)).description.status).toBe('finished');
    // A finished one gives way.
    await (await begin(storage)).close();
    expect((await readRun(storage)).summary).toBeNull();
    const other = new MemoryStorage('notes', { 'notes.txt': 'mine' });
    await expect(begin(other)).rejects.toMatchObject({ code: 'taken-folder' });
    await expect(RunFolder.open(other, options())).rejects.toMatchObject({ code: 'no-run' });
    expect((await other.list()).map(({ name }) => name)).toEqual(['notes.txt']);
  });

  it('says why it failed and keeps what came of it before', async () => {
    const storage = new MemoryStorage('runs/mine');
    const run = await begin(storage);
    await run.end({ stopped: 'aborted', model: { id: 'm' }, best: null, history: [], test: null });
    await run.update({ name: 'renamed' });
    await run.fail('the disk is full');
    await run.close();
    expect(await readRun(storage)).toMatchObject({
      description: { status: 'failed', name: 'renamed' },
      summary: { stopped: 'failed', error: 'the disk is full', model: { id: 'm' } },
    });
  });
});

/** A storage that takes so many changes and then none, as when whoever writes is killed. */
function stopAfter(inner: MemoryStorage, changes: number) {
  let left = changes;
  let died = false;
  const change = async <T>(work: () => Promise<T>): Promise<T> => {
    if (left-- > 0) return work();
    died = true;
    throw new Error('killed');
  };
  const storage: FileStorage = {
    name: inner.name,
    list: (folder) => inner.list(folder),
    exists: (path) => inner.exists(path),
    size: (path) => inner.size(path),
    read: (path) => inner.read(path),
    readRange: (path, offset, length) => inner.readRange(path, offset, length),
    write: (...given) => change(() => inner.write(...given)),
    rename: (...given) => change(() => inner.rename(...given)),
    remove: (path) => change(() => inner.remove(path)),
    async openAppend(path, options) {
      const file = await change(() => inner.openAppend(path, options));
      return {
        get size() {
          return file.size;
        },
        append: (bytes) =>
          // Half of it arrives.
          change(() => file.append(bytes)).catch(async (error) => {
            await file.append(bytes.subarray(0, bytes.length >> 1));
            throw error;
          }),
        sync: () => file.sync(),
        close: () => file.close(),
      };
    },
    close: () => inner.close(),
  };
  return { storage, isDead: () => died };
}
