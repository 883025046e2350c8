import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../datasets/storage/memory.ts';
import { openSuite } from '../headless/work/suites/open-suite.ts';
import { Refusal } from '../sim/refusal.ts';
import { BLIND_EXPERT } from './drivers/testing/blind-expert.ts';
import { type EvaluateOptions, evaluate } from './evaluate.ts';
import { readEvaluation } from './files/read-evaluation.ts';
import { decodeDrive } from './trace/drive-file.ts';

const smoke = await openSuite('smoke');
const suite = { ...smoke, episodes: smoke.episodes.slice(0, 2).map((episode) => ({ ...episode, route: 40 })) };
const driver = BLIND_EXPERT;
const codec = { encode: async () => new Uint8Array([1]) };
const run = (files: MemoryStorage, options: Partial<EvaluateOptions> = {}) =>
  evaluate({ suite, driver, parallel: 2, out: { files, codec }, ...options });

async function namesIn(files: MemoryStorage): Promise<string[]> {
  return (await files.list()).map(({ name }) => name);
}

describe('an evaluation', () => {
  it('is written whole: the document, the report and every drive', async () => {
    const files = new MemoryStorage();
    const { evaluation, episodes } = await run(files, { model: 'somebody' });
    expect(await namesIn(files)).toEqual(['drives', 'evaluation.json', 'report.html']);
    expect(await readEvaluation(files)).toEqual(evaluation);
    expect(evaluation).toMatchObject({ model: 'somebody', suite: 'smoke', driver: driver.identity });
    for (const [i, { trace }] of episodes.entries()) {
      const kept = decodeDrive(new TextDecoder().decode(await files.read(`drives/${i}.json`)));
      expect(kept.world).toMatchObject({ track: suite.episodes[i]!.track, seed: suite.episodes[i]!.seed });
      expect(kept.trace.length).toBe(trace.length);
      expect(kept.trace.columns.lateralError.at(-1)).toBeCloseTo(trace.columns.lateralError.at(-1)!, 4);
    }
  });

  it('takes the place of an earlier one, and leaves what else lies there', async () => {
    const files = new MemoryStorage('folder', { 'drives/7.json': 'old', 'notes.txt': 'mine', 'evaluation.json': '{}' });
    await run(files);
    expect(await namesIn(files)).toEqual(['drives', 'evaluation.json', 'notes.txt', 'report.html']);
    expect((await files.list('drives')).map(({ name }) => name)).toEqual(['0.json', '1.json']);
  });

  it('leaves nothing behind where the storage fails half-way', async () => {
    class FullStorage extends MemoryStorage {
      override async write(path: string, content: string | Uint8Array): Promise<void> {
        if (path === 'evaluation.json') throw new Refusal('disk-full', path, 'there is no room', 'make some');
        await super.write(path, content);
      }
    }
    const files = new FullStorage();
    await expect(run(files)).rejects.toThrow(/no room/);
    expect(await namesIn(files)).toEqual([]);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const files = new MemoryStorage();
    const stop = new AbortController();
    const stopped = run(files, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
    expect(await namesIn(files)).toEqual([]);
  });

  it('that is not there is refused by its path', async () => {
    await expect(readEvaluation(new MemoryStorage('runs/mine'))).rejects.toThrow(
      /^runs\/mine\/evaluation\.json: there is no such file; give the folder/,
    );
  });
});
