import type { Driver } from '../../sim/drivers/driver.ts';
import { createExpert } from '../../sim/drivers/expert.ts';
import { Episode, type FrameSource, type Tick } from '../../sim/episode/episode.ts';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import type { CameraName, Frame } from '../../sim/frame.ts';
import { breathe } from '../../sim/pace/breathe.ts';
import type { Track } from '../../sim/track/track.ts';
import type { EpisodeResult } from '../files/evaluation.ts';
import { METRICS } from '../metrics/registry.ts';
import { type Metrics, scoreEpisode } from '../metrics/scores.ts';
import type { DriveTrace } from '../trace/drive-trace.ts';
import { TraceRecorder } from '../trace/trace-recorder.ts';
import { driveReference } from './reference-drive.ts';

/** A finished drive: its scores and all that a picture of it needs. */
export interface DrivenEpisode {
  readonly result: EpisodeResult;
  readonly trace: DriveTrace;
  /** A few frames, evenly spread over the drive. */
  readonly frames: readonly Frame[];
}

export interface DriveOptions {
  readonly track: Track;
  readonly spec: EpisodeSpec;
  readonly driver: Driver;
  readonly cameras?: Readonly<Record<CameraName, FrameSource>>;
  readonly signal?: AbortSignal;
  /** Whether the next tick's frames are wanted as bytes, wherever the driver takes them; nobody wants them when absent. */
  wantsFrames?(): boolean;
  /** What it is scored by. Default: all that are registered. */
  readonly metrics?: Metrics;
  onTick?(tick: Tick, episode: Episode): void | Promise<void>;
}

/** Time between two frames that are kept for the report [s]. */
const STRIP_INTERVAL = 2;
/** A driver may take this much longer than the expert; whoever is slower does not finish the route. */
const PATIENCE = 1.5;

/**
 * Drives one episode to its end and scores it against the expert on the same road.
 * @throws the signal's reason when aborted
 */
export async function driveEpisode(options: DriveOptions): Promise<DrivenEpisode> {
  const { spec, driver, track, cameras, signal, onTick, metrics = METRICS } = options;
  const reference = await driveReference(track, spec, signal);
  const frames: Frame[] = [];
  const isOfTheStrip = (time: number): boolean => time >= frames.length * STRIP_INTERVAL;
  const episode = new Episode({
    track,
    spec,
    driver,
    labeller: createExpert(),
    timeLimit: PATIENCE * reference.seconds + 5,
    ...(cameras && { cameras }),
    keepsFrames: (time) => isOfTheStrip(time) || options.wantsFrames?.() === true,
  });
  const recorder = new TraceRecorder();
  const begun = performance.now();
  while (!episode.done) {
    await breathe(signal);
    const { progress } = episode;
    const tick = await episode.tick();
    recorder.add(tick, progress, reference.speedAt(progress));
    const frame = tick.frames.centre;
    if (frame && isOfTheStrip(tick.time)) frames.push(frame);
    await onTick?.(tick, episode);
  }
  const wallSeconds = (performance.now() - begun) / 1000;
  const trace = recorder.finish();
  const { completed, time: seconds } = episode;
  const result: EpisodeResult = {
    track: track.id,
    seed: spec.seed,
    ...scoreEpisode(trace, { spec, seconds, completed, reference: reference.trace }, metrics),
    simulatedSeconds: seconds,
    wallSeconds,
    stateHash: episode.stateHash,
    secondHashes: [...episode.secondHashes],
    spec,
  };
  return { result, trace, frames };
}
