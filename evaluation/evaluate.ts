import type { ImageCodec } from '../datasets/images/codec.ts';
import type { FileStorage } from '../datasets/storage/storage.ts';
import type { DrivenEpisode } from './drive/drive-episode.ts';
import { driveSuite, type SuiteProgress } from './drive/drive-suite.ts';
import type { OpenedDriver } from './drivers/open-driver.ts';
import type { Evaluation } from './files/evaluation.ts';
import { METRICS } from './metrics/registry.ts';
import { type Metrics, metricVersions } from './metrics/scores.ts';
import type { Suite } from './suites/suite.ts';
import { writeEvaluation } from './write-evaluation.ts';

export interface EvaluateOptions {
  readonly suite: Suite;
  /** Whoever opened it closes it. */
  readonly driver: OpenedDriver;
  /** What the evaluation says was driven. Default: the driver's name. */
  readonly model?: string;
  /** Episodes driven at the same time, so that one computes while another waits for its frame. */
  readonly parallel: number;
  readonly signal?: AbortSignal;
  /** Whether a picture of what this episode's car sees at its next tick is wanted; asked before every tick. */
  wantsPicture?(index: number): boolean;
  /** Called at every tick. */
  onProgress?(progress: SuiteProgress): void;
  /** Where evaluation.json, report.html, the drives and the road files go, and what encodes the pictures in the report. */
  readonly out?: { readonly files: FileStorage; readonly codec: Pick<ImageCodec, 'encode'> };
  /** What it is scored by. Default: all that are registered. */
  readonly metrics?: Metrics;
}

/** An evaluation, and the drives that it is about. */
export interface Evaluated {
  readonly evaluation: Evaluation;
  readonly episodes: readonly DrivenEpisode[];
}

/**
 * Drives a driver through a suite, scores it, and writes what came of it where that is wanted: what `wheelhouse evaluate`,
 * the host's jobs and a page do. Nothing is written before the last episode has ended.
 * @throws the signal's reason when aborted, the first fault of an episode, or what the storage refuses; nothing is under way
 *   any more then, and nothing was left in the storage
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluated> {
  const { suite, driver, out, metrics = METRICS } = options;
  const { backend, adapter, cameras } = driver;
  const { episodes, summary } = await driveSuite({
    suite,
    createDriver: () => driver.createDriver(),
    ...(cameras && { cameras }),
    parallel: options.parallel,
    ...(options.signal && { signal: options.signal }),
    ...(options.wantsPicture && { wantsPicture: options.wantsPicture }),
    ...(options.onProgress && { onProgress: options.onProgress }),
    metrics,
  });
  const evaluation: Evaluation = {
    model: options.model ?? driver.name,
    driver: driver.identity,
    suite: suite.name,
    backend,
    adapter,
    metrics: metricVersions(metrics),
    episodes: episodes.map(({ result }) => result),
    summary,
  };
  if (out !== undefined) {
    const { roads = {} } = suite;
    await writeEvaluation(out.files, { evaluation, episodes, roads }, out.codec, metrics);
  }
  return { evaluation, episodes };
}
