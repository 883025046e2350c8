import { bisectRight } from 'd3-array';
import { createExpert } from '../../sim/drivers/expert.ts';
import { Episode } from '../../sim/episode/episode.ts';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import { breathe } from '../../sim/pace/breathe.ts';
import type { Track } from '../../sim/track/track.ts';
import type { DriveTrace } from '../trace/drive-trace.ts';
import { TraceRecorder } from '../trace/trace-recorder.ts';

/** How the expert drives a route: the yardstick for time, speed and restlessness. */
export interface ReferenceDrive {
  readonly trace: DriveTrace;
  /** How long it took [s]. */
  readonly seconds: number;
  /** Its speed after so many metres of the route [m/s]. */
  speedAt(progress: number): number;
}

/**
 * Lets the expert drive the route, by angle.
 * @throws the signal's reason when aborted
 */
export async function driveReference(track: Track, spec: EpisodeSpec, signal?: AbortSignal): Promise<ReferenceDrive> {
  const episode = new Episode({ track, spec: { ...spec, actuation: 'angle' }, driver: createExpert() });
  const recorder = new TraceRecorder();
  while (!episode.done) {
    await breathe(signal);
    const { progress } = episode;
    const tick = await episode.tick();
    recorder.add(tick, progress, tick.state.speed);
  }
  const trace = recorder.finish();
  const { progress: way, actualSpeed } = trace.columns;
  const speedAt = (progress: number): number => actualSpeed[Math.max(0, bisectRight(way, progress) - 1)]!;
  return { trace, seconds: episode.time, speedAt };
}
