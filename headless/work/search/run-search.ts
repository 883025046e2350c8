import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Recording } from '../../../datasets/recording/recording.ts';
import type { BackendName } from '../../../models/backend/open-backend.ts';
import { divergence } from '../../../models/inspection/training-diagnosis/divergence.ts';
import type { RunConfig } from '../../../models/runs/run-config.ts';
import { describeRun, type RunData, type RunDescription } from '../../../models/runs/run-description.ts';
import { RunFolder } from '../../../models/runs/run-folder.ts';
import { writeWhole } from '../../../models/runs/write-whole.ts';
import { type SearchRow, search, type Trial } from '../../../models/search/search.ts';
import { resolveSetting, type SearchConfig } from '../../../models/search/search-config.ts';
import { ranked } from '../../../models/training/records.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { environmentHere, lockingHere } from '../runs/this-process.ts';
import { keepInFolder, trainHere } from '../training/train-here.ts';
import { parallelCoordinates } from './parallel-coordinates.ts';

const SEARCH_FILE = 'search.json';
const RESULT_FILE = 'result.json';
const resultSchema = z.strictObject({ loss: z.number().nullable(), failed: z.string().optional() });

export interface SearchRequest {
  readonly config: SearchConfig;
  readonly folder: string;
  readonly folders: readonly string[];
  readonly recordings: readonly Recording[];
  readonly data: RunData;
  readonly backend: BackendName;
  readonly signal: AbortSignal;
  readonly onTrial?: (trial: Trial, done: number, total: number) => void;
}

/**
 * Searches, keeping every trial in a run folder of its own. Called again with the same folder, it goes on: trials that
 * are done are not done again, one that was cut off goes on from its checkpoint.
 * @throws Refusal when the folder holds another search
 */
export async function runSearch(request: SearchRequest): Promise<SearchRow[]> {
  const { config, folder, data, backend } = request;
  // With all defaults filled in: a search that goes on under other defaults would rank two kinds of trainings.
  const { data: dataSettings, training } = resolveSetting(config, {}, config.seeds[0]!);
  const shared = { ...dataSettings, training };
  const about = { format: 'wheelhouse-search', version: 3, config, shared, data: data.sha256, backend };
  const files = new DiskStorage(folder);
  await claim(folder, `${JSON.stringify(about, undefined, 2)}\n`);
  const rows = await search(config, async (trial, done, total) => {
    request.onTrial?.(trial, done, total);
    return runTrial(request, trial);
  });
  await writeWhole(files, 'results.json', `${JSON.stringify({ rows }, undefined, 2)}\n`);
  await writeWhole(files, 'search.html', parallelCoordinates(`Search over ${config.model}`, rows));
  return rows;
}

async function claim(folder: string, about: string): Promise<void> {
  const present = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new Refusal('taken-folder', folder, 'this is not a folder', 'choose another one with --out');
  });
  const file = path.join(folder, SEARCH_FILE);
  if (present.some((name) => !name.endsWith('.tmp'))) {
    const before = await readFile(file, 'utf8').catch(() => undefined);
    if (before === about) return;
    const what = before === undefined ? 'the folder holds something else than a search' : 'it holds another search';
    throw new Refusal('taken-folder', folder, what, 'choose another one with --out, or delete it');
  }
  await writeWhole(new DiskStorage(folder), SEARCH_FILE, about);
}

async function runTrial(request: SearchRequest, trial: Trial): Promise<number | null> {
  const folder = path.join(request.folder, 'trials', trial.name);
  const resultFile = path.join(folder, RESULT_FILE);
  const known = await readFile(resultFile, 'utf8').catch(() => undefined);
  if (known !== undefined) {
    const result = resultSchema.safeParse(JSON.parse(known));
    if (result.success) return result.data.loss;
    throw new Refusal('damaged-result', resultFile, 'it is damaged', 'delete it, and the trial is done again');
  }
  const result = await trainTrial(request, trial, folder);
  await writeWhole(new DiskStorage(folder), RESULT_FILE, `${JSON.stringify(result)}\n`);
  return result.loss;
}

async function trainTrial(
  request: SearchRequest,
  { setting, seed, epochs }: Trial,
  folder: string,
): Promise<z.infer<typeof resultSchema>> {
  const { recordings, signal, data, backend } = request;
  const settings = resolveSetting(request.config, setting, seed, epochs);
  const config: RunConfig = {
    recordings: request.folders.map((place) => ({ folder: path.resolve(place) })),
    out: path.resolve(folder, 'model'),
    backend,
    architecture: settings.architecture,
    networkOptions: { ...settings.networkOptions },
    ...settings.data,
    training: settings.training,
  };
  const run = await openTrial(path.join(folder, 'run'), describeRun(path.basename(folder), config));
  try {
    const { result, network } = await trainHere({
      run,
      recordings,
      data,
      environment: environmentHere(backend),
      model: keepInFolder(config.out!),
      readWeights: () => Promise.reject(new Error('a trial begins with fresh weights')),
      signal,
      checkpointEvery: 50,
    });
    network.dispose();
    if (result.stopped === 'aborted') signal.throwIfAborted();
    const seen = { history: result.history, options: settings.training, stopped: result.stopped, test: null };
    const diverged = divergence(seen);
    if (diverged !== undefined) return { loss: null, failed: diverged };
    return { loss: result.best ? ranked(result.best) : null };
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'not-finite')) throw error;
    return { loss: null, failed: error.message };
  } finally {
    await run.close();
  }
}

/** A trial that was cut off goes on from its checkpoint; one that has none begins anew. */
async function openTrial(place: string, description: RunDescription): Promise<RunFolder> {
  const files = new DiskStorage(place);
  const begun = await RunFolder.open(files, lockingHere()).catch((error) => {
    if (error instanceof Refusal && error.code === 'no-run') return undefined;
    throw error;
  });
  if (begun?.checkpoint !== undefined) return begun;
  await begun?.discardUntrained();
  return RunFolder.create(files, description, lockingHere());
}
