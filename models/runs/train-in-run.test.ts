import { expect, it } from 'vitest';
import { MemoryStorage } from '../../datasets/storage/memory.ts';
import { readRun } from './read-run.ts';
import type { RunConfig } from './run-config.ts';
import { describeRun, type RunData } from './run-description.ts';
import { RunFolder } from './run-folder.ts';
import { someRunConfig } from './testing/run-config.ts';
import { trainInRun } from './train-in-run.ts';

const data: RunData = { sha256: 'one', recordings: [] };
const claim = { holder: 'test', words: 'a test' };
const environment = {
  wheelhouse: '0',
  tfjs: '0',
  runtime: 'a test',
  platform: 'none',
  cpus: '0',
  backend: 'cpu' as const,
  adapter: null,
};

async function begin(config: Partial<RunConfig>) {
  const storage = new MemoryStorage('runs/mine');
  const run = await RunFolder.create(storage, describeRun('mine', someRunConfig(config)), { claim });
  const train = (given: RunData, sha256 = 'weights') =>
    trainInRun({
      run,
      recordings: [],
      data: given,
      environment,
      readWeights: async () => ({ weights: new Map(), sha256 }),
      model: { end: async () => null },
    });
  return { storage, run, train };
}

it('notes what a run is trained on and by, and refuses to go on with something else', async () => {
  const { storage, run, train } = await begin({ from: { model: { id: 'other' } } });
  // Nothing to train on is refused in its turn, when all else is known.
  await expect(train(data)).rejects.toThrow();
  const { description, summary } = await readRun(storage);
  expect(description).toMatchObject({ data, environment, status: 'failed', config: { from: { sha256: 'weights' } } });
  expect(summary).toMatchObject({ stopped: 'failed', error: expect.any(String) });
  await expect(train({ ...data, sha256: 'two' })).rejects.toMatchObject({ code: 'other-data' });
  await expect(train(data, 'other weights')).rejects.toMatchObject({ code: 'other-model' });
  await run.close();
});
