import type { Driver } from '../../sim/drivers/driver.ts';
import type { Frame } from '../../sim/frame.ts';
import type { Evaluation } from '../files/evaluation.ts';
import { METRICS } from '../metrics/registry.ts';
import { type Metrics, scoreSuite } from '../metrics/scores.ts';
import { openEpisodeTrack } from '../roads/road-files.ts';
import type { Suite } from '../suites/suite.ts';
import type { CarCameras } from './car-cameras.ts';
import { type DrivenEpisode, driveEpisode } from './drive-episode.ts';
import type { EpisodeProgress } from './progress.ts';

export interface DriveSuiteOptions {
  readonly suite: Suite;
  /** Makes a driver for one episode; episodes that run at the same time must not share state. */
  createDriver(): Driver;
  readonly cameras?: CarCameras;
  /** Episodes driven at the same time, so that one computes while another waits for its frame. */
  readonly parallel: number;
  readonly signal?: AbortSignal;
  /** Whether a picture of what this episode's car sees at its next tick is wanted; asked before every tick. */
  wantsPicture?(index: number): boolean;
  /** What it is scored by. Default: all that are registered. */
  readonly metrics?: Metrics;
  /** Called at every tick. */
  onProgress?(progress: SuiteProgress): void;
}

/** How far a suite is after a tick. */
export interface SuiteProgress {
  /** Of all episodes together [s]. */
  readonly simulatedSeconds: number;
  /** Share of all routes that is done, 0 to 1. */
  readonly completed: number;
  /** Every episode, in the order of the suite. Changes with the next tick. */
  readonly episodes: readonly EpisodeProgress[];
  /** Number of the episode whose tick this was. */
  readonly index: number;
  /** What its car saw, where it has a camera; at some ticks only when a picture of them was wanted. */
  readonly frame?: Frame;
}

export interface SuiteRun {
  readonly episodes: readonly DrivenEpisode[];
  readonly summary: Evaluation['summary'];
}

/**
 * Drives all episodes of a suite and scores them. The results stand in the suite's order and are the same however many run at a time.
 * @throws the signal's reason when aborted, or the first fault of an episode; nothing is under way any more then
 */
export async function driveSuite(options: DriveSuiteOptions): Promise<SuiteRun> {
  const { suite, cameras, metrics = METRICS } = options;
  const fault = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, fault.signal]) : fault.signal;
  const episodes = new Array<DrivenEpisode>(suite.episodes.length);
  const seconds = suite.episodes.map(() => 0);
  const driven = suite.episodes.map(
    ({ track }): EpisodeProgress => ({ track, state: 'waiting', completed: 0, interventions: 0 }),
  );
  let next = 0;
  const begun = performance.now();

  async function driveWhatIsLeft(): Promise<void> {
    while (next < suite.episodes.length) {
      const index = next++;
      const spec = suite.episodes[index]!;
      const track = openEpisodeTrack(spec, suite.roads);
      const driver = options.createDriver();
      const eyes = driver.needsFrames ? await cameras?.mount(track, spec.conditions) : undefined;
      try {
        episodes[index] = await driveEpisode({
          track,
          spec,
          driver,
          ...(eyes && { cameras: eyes.sources }),
          signal,
          wantsFrames: () => options.wantsPicture?.(index) === true,
          metrics,
          onTick(tick, episode) {
            const frame = tick.frames.centre;
            seconds[index] = episode.time;
            driven[index] = {
              track: spec.track,
              state: episode.done ? 'done' : 'driving',
              completed: episode.completed,
              interventions: driven[index]!.interventions + (tick.intervened ? 1 : 0),
            };
            options.onProgress?.({
              simulatedSeconds: seconds.reduce((sum, one) => sum + one, 0),
              completed: driven.reduce((sum, one) => sum + one.completed, 0) / driven.length,
              episodes: driven,
              index,
              ...(frame && { frame }),
            });
          },
        });
      } finally {
        eyes?.dispose();
        driver.dispose?.();
      }
    }
  }
  // Whoever gives up must not leave an episode behind that still uses the graphics device: the first fault stops all,
  // and all are waited for.
  const lanes = Array.from({ length: Math.max(1, options.parallel) }, () =>
    driveWhatIsLeft().catch((error) => fault.abort(error)),
  );
  await Promise.all(lanes);
  fault.signal.throwIfAborted();

  const wallSeconds = (performance.now() - begun) / 1000;
  const results = episodes.map((episode) => episode.result);
  const simulatedSeconds = results.reduce((sum, result) => sum + result.simulatedSeconds, 0);
  const summary = { ...scoreSuite(results, metrics), realTimeFactor: simulatedSeconds / wallSeconds };
  return { episodes, summary };
}
