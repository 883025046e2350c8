import { evaluateSuite } from '../../../evaluation/drive/evaluate-suite.ts';
import { DRIVER_KINDS } from '../../../evaluation/drivers/registry.ts';
import type { DriverSource, Evaluation } from '../../../evaluation/files/evaluation.ts';
import { compareEpisode, type EpisodeVerdict, recordedSuite } from '../../../evaluation/verify/verify-episodes.ts';
import type { BackendName } from '../../../models/backend/open-backend.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { openDriver } from '../drivers/open-driver.ts';

/** Something that was one thing when it was recorded, and may be another now. */
export interface ThenAndNow {
  readonly recorded: string;
  readonly now: string;
  readonly same: boolean;
}

/** What came of driving an evaluation again. */
export interface Verification {
  /** All episodes went through the same states. */
  readonly same: boolean;
  readonly model: string;
  readonly backend: ThenAndNow;
  readonly adapter: ThenAndNow;
  /** Digest of the model's files; null when it was not recorded. */
  readonly weights: ThenAndNow | null;
  readonly episodes: readonly EpisodeVerdict[];
}

export interface VerifyOptions {
  readonly evaluation: Evaluation;
  /** Of the evaluation, for messages. */
  readonly path: string;
  /** Opens this driver instead of the recorded one: a reference, see `parseReference`. */
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
  const suite = recordedSuite(evaluation, path);
  const name = options.driver ?? sourceOf(evaluation, path);
  const recordedBackend = BACKENDS.find((backend) => backend === evaluation.backend);
  const opened = await openDriver(name, { backend: options.backend ?? recordedBackend ?? 'auto' });
  const machine = {
    backend: thenAndNow(evaluation.backend, opened.backend),
    adapter: thenAndNow(evaluation.adapter, opened.adapter),
    weights: weightsOf(evaluation.driver, opened.identity),
  };
  options.onOpened?.(machine);
  const run = await evaluateSuite({
    suite,
    createDriver: opened.createDriver,
    ...(opened.cameras && { cameras: opened.cameras }),
    parallel,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const episodes = run.episodes.map(({ result }, i) => compareEpisode(evaluation.episodes[i]!, result));
  return { same: episodes.every(({ same }) => same), model: opened.name, ...machine, episodes };
}

function sourceOf({ driver, model }: Evaluation, path: string): string {
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
