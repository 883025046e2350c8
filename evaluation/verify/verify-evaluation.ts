import type { BackendName } from '../../models/backend/open-backend.ts';
import { Refusal } from '../../sim/refusal.ts';
import { driveSuite } from '../drive/drive-suite.ts';
import type { OpenedDriver } from '../drivers/open-driver.ts';
import { DRIVER_KINDS } from '../drivers/registry.ts';
import type { DriverSource, Evaluation } from '../files/evaluation.ts';
import type { RoadFiles } from '../roads/road-files.ts';
import { differentScores, type ScoreDifference } from './compare-scores.ts';
import { compareEpisode, type EpisodeVerdict, recordedSuite } from './verify-episodes.ts';

/** Something that was one thing when it was recorded, and may be another now. */
export interface ThenAndNow {
  readonly recorded: string;
  readonly now: string;
  readonly same: boolean;
}

/** What came of driving an evaluation again. */
export interface Verification {
  /** All episodes went through the same states, and all scores are those of these drives. */
  readonly same: boolean;
  readonly model: string;
  readonly backend: ThenAndNow;
  readonly adapter: ThenAndNow;
  /** Digest of the model's files; null when it was not recorded. */
  readonly weights: ThenAndNow | null;
  readonly episodes: readonly EpisodeVerdict[];
  /** Scores of the suite that are not those of these drives, where all went through the same states. */
  readonly summary: readonly ScoreDifference[];
}

export interface VerifyOptions {
  readonly evaluation: Evaluation;
  /** Of the evaluation, for messages. */
  readonly path: string;
  /**
   * Opens the driver on this machine.
   * @param reference see `parseReference`
   */
  open(reference: string, backend: BackendName | 'auto'): Promise<OpenedDriver>;
  /** The road files that were driven on; none when absent. */
  readonly roads?: RoadFiles;
  /** The driver instead of the recorded one, a reference as well. */
  readonly driver?: string;
  /** Runs the network on this instead of the recorded backend. */
  readonly backend?: BackendName | 'auto';
  readonly parallel: number;
  readonly signal?: AbortSignal;
  /** The machine is open, and driving begins. */
  onOpened?(machine: Pick<Verification, 'backend' | 'adapter' | 'weights'>): void;
  onProgress?(done: { simulatedSeconds: number; completed: number }): void;
}

const BACKENDS: readonly BackendName[] = ['webgpu', 'wasm', 'cpu'];

/**
 * Drives the episodes of an evaluation again and compares the states.
 * @throws Refusal when the evaluation does not hold what that needs, or its model is gone
 */
export async function verifyEvaluation(options: VerifyOptions): Promise<Verification> {
  const { evaluation, path, parallel, signal, onProgress } = options;
  const suite = recordedSuite(evaluation, path, options.roads);
  const reference = options.driver ?? referenceOf(evaluation, path);
  const recordedBackend = BACKENDS.find((backend) => backend === evaluation.backend);
  const driver = await options.open(reference, options.backend ?? recordedBackend ?? 'auto');
  const machine = {
    backend: thenAndNow(evaluation.backend, driver.backend),
    adapter: thenAndNow(evaluation.adapter, driver.adapter),
    weights: weightsOf(evaluation.driver, driver.identity),
  };
  options.onOpened?.(machine);
  const run = await driveSuite({
    suite,
    createDriver: () => driver.createDriver(),
    ...(driver.cameras && { cameras: driver.cameras }),
    parallel,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  // Both stand in the order of the recorded suite.
  const { metrics } = evaluation;
  const episodes = run.episodes.map(({ result }, i) => compareEpisode(evaluation.episodes[i]!, result, metrics));
  const sameStates = episodes.every(({ same }) => same);
  const summary = sameStates ? differentScores(evaluation.summary, run.summary, metrics) : [];
  const same = sameStates && summary.length === 0 && episodes.every(({ scores }) => scores.length === 0);
  return { same, model: driver.name, ...machine, episodes, summary };
}

function referenceOf({ driver, model }: Evaluation, path: string): string {
  if (driver !== undefined) return driver.path;
  // Evaluations of old do not say where their model lies; those of a driver that is one word need not.
  if (DRIVER_KINDS.some(({ name, argument }) => name === model && argument === undefined)) return model;
  const what = `does not say where the model ${model} lies`;
  throw new Refusal('unknown-model', `${path}: driver`, what, 'name its folder with --model');
}

function thenAndNow(recorded: string, now: string): ThenAndNow {
  return { recorded, now, same: recorded === now };
}

function weightsOf(recorded: DriverSource | undefined, now: DriverSource): ThenAndNow | null {
  return recorded === undefined ? null : thenAndNow(recorded.digest ?? 'none', now.digest ?? 'none');
}
