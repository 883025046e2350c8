import { bisectRight } from 'd3-array';
import type { Command } from '../../sim/command.ts';
import type { Driver } from '../../sim/drivers/driver.ts';
import { createExpert } from '../../sim/drivers/expert.ts';
import { Episode, type EpisodeOptions, type FrameSource, type Tick } from '../../sim/episode/episode.ts';
import { CONTROL_PERIOD, type EpisodeSpec } from '../../sim/episode/spec.ts';
import type { CameraName, Frame } from '../../sim/frame.ts';
import { whiteness } from '../../sim/maths/signals.ts';
import { breathe } from '../../sim/pace/breathe.ts';
import type { Track } from '../../sim/track/track.ts';
import type { EpisodeResult } from '../files/evaluation.ts';
import { autonomy, type DrivenSample, lateralRms, speedRms } from '../metrics/closed-loop.ts';

/** One tick of a drive as reports show it. */
export interface TracedSample extends DrivenSample {
  readonly x: number;
  readonly y: number;
  readonly yaw: number;
  /** Where the steering wheel was, whatever was commanded [rad]. */
  readonly steeringWheelAngle: number;
  readonly speed: number;
  readonly torque: number;
  readonly expertSteeringAngle: number;
  readonly expertSpeed: number;
  readonly expertTorque: number;
}

export interface TracedIntervention {
  readonly time: number;
  readonly x: number;
  readonly y: number;
  readonly lateralError: number;
}

/** A finished drive: its scores and all that a picture of it needs. */
export interface DrivenEpisode {
  readonly result: EpisodeResult;
  readonly samples: readonly TracedSample[];
  readonly interventions: readonly TracedIntervention[];
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
  const { spec, driver, track, signal, onTick } = options;
  const reference = await driveReference(track, spec, signal);
  const frames: Frame[] = [];
  const isOfTheStrip = (time: number): boolean => time >= frames.length * STRIP_INTERVAL;
  const setup: EpisodeOptions = {
    track,
    spec,
    driver,
    labeller: createExpert(),
    timeLimit: PATIENCE * reference.seconds + 5,
    ...(options.cameras && { cameras: options.cameras }),
    keepsFrames: (time) => isOfTheStrip(time) || options.wantsFrames?.() === true,
  };
  const episode = new Episode(setup);
  const samples: TracedSample[] = [];
  const interventions: TracedIntervention[] = [];
  let collisions = 0;
  const begun = performance.now();
  while (!episode.done) {
    await breathe(signal);
    const { progress } = episode;
    const tick = await episode.tick();
    samples.push(traced(tick, reference.speedAt(progress)));
    if (tick.collision !== null) collisions++;
    if (tick.intervened) {
      interventions.push({ time: tick.time, x: tick.state.x, y: tick.state.y, lateralError: tick.strayed });
    }
    const frame = tick.frames.centre;
    if (frame && isOfTheStrip(tick.time)) frames.push(frame);
    await onTick?.(tick, episode);
  }
  const wallSeconds = (performance.now() - begun) / 1000;
  const commanded = whiteness(
    samples.map((sample) => sample.steeringAngle),
    1 / CONTROL_PERIOD,
  );
  return {
    result: {
      track: track.id,
      seed: spec.seed,
      completed: episode.completed,
      autonomy: autonomy(interventions.length, episode.time),
      interventions: interventions.length,
      collisions,
      lateralRms: lateralRms(samples),
      speedRms: speedRms(samples),
      whiteness: commanded,
      whitenessRatio: reference.whiteness > 0 ? commanded / reference.whiteness : null,
      simulatedSeconds: episode.time,
      wallSeconds,
      stateHash: episode.stateHash,
      secondHashes: [...episode.secondHashes],
      spec,
    },
    samples,
    interventions,
    frames,
  };
}

/** How the expert drives a route: the yardstick for time, speed and restlessness. */
interface Reference {
  readonly seconds: number;
  /** Whiteness of its steering [deg/s]. */
  readonly whiteness: number;
  /** Its speed after so many metres of the route [m/s]. */
  speedAt(progress: number): number;
}

async function driveReference(track: Track, spec: EpisodeSpec, signal?: AbortSignal): Promise<Reference> {
  const episode = new Episode({ track, spec: { ...spec, actuation: 'angle' }, driver: createExpert() });
  const angles: number[] = [];
  const way: number[] = [];
  const speeds: number[] = [];
  while (!episode.done) {
    await breathe(signal);
    way.push(episode.progress);
    const { command, state } = await episode.tick();
    angles.push(command.steeringAngle);
    speeds.push(state.speed);
  }
  const speedAt = (progress: number): number => speeds[Math.max(0, bisectRight(way, progress) - 1)]!;
  return { seconds: episode.time, whiteness: whiteness(angles, 1 / CONTROL_PERIOD), speedAt };
}

function traced(tick: Tick, referenceSpeed: number): TracedSample {
  const label: Command = tick.label ?? tick.command;
  return {
    time: tick.time,
    x: tick.state.x,
    y: tick.state.y,
    yaw: tick.state.yaw,
    steeringWheelAngle: tick.state.steeringWheelAngle,
    lateralError: tick.lateralError,
    steeringAngle: tick.command.steeringAngle,
    speed: tick.command.speed,
    torque: tick.command.torque,
    expertSteeringAngle: label.steeringAngle,
    expertSpeed: label.speed,
    expertTorque: label.torque,
    actualSpeed: tick.state.speed,
    referenceSpeed,
  };
}
