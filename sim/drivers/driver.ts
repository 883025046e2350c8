import type { Command } from '../command.ts';
import type { CameraName, DrawingSurface, DrawnFrame, Frame } from '../frame.ts';
import type { Track } from '../track/track.ts';
import type { RoadUser } from '../traffic/traffic-car.ts';
import type { VehicleParameters } from '../vehicle/parameters.ts';
import type { VehicleState } from '../vehicle/state.ts';

/** What a driver sees at a tick. */
export interface Observation {
  /** The newest frame of each camera; empty when the driver asked for none or the frame was dropped. */
  readonly frames: Readonly<Record<CameraName, Frame>>;
  /** The newest frames of those cameras whose surface the driver takes; they are not in `frames`. */
  readonly drawn?: Readonly<Record<CameraName, DrawnFrame>>;
  /** Measured speed [m/s]. */
  readonly speed: number;
  /** Time since the episode's start [s]. */
  readonly time: number;
}

/** What a driver may know about the episode before it begins. `truth` is for privileged drivers (the expert) only. */
export interface EpisodeView {
  readonly track: Track;
  readonly vehicle: VehicleParameters;
  /** Time between two commands [s]. */
  readonly controlPeriod: number;
  /** Seed of the episode; a driver that needs chance derives its own named streams from it. */
  readonly seed: number;
  /** The vehicle's true state now. The object is reused: copy what you keep. */
  truth(): VehicleState;
  /** The other cars now, for privileged drivers; nobody when absent. */
  others?(): readonly RoadUser[];
  /** Least friction factor on this road, for privileged drivers; 1 when absent. */
  readonly friction?: number;
}

/** Anything that maps observations to commands: expert, human, model, remote, replay. */
export interface Driver {
  /** e.g. `expert`, or the model's name. */
  readonly name: string;
  /** Whether `drive` needs camera frames. */
  readonly needsFrames: boolean;
  /** Whether it takes frames where they are drawn, in place of their bytes; nowhere when absent. */
  takesDrawn?(surface: DrawingSurface): boolean;
  /** Called once before an episode, and forgets everything of the one before. */
  start(episode: EpisodeView): void | Promise<void>;
  /** Answers an observation with a command; called once a control tick, in order. */
  drive(observation: Observation): Command | Promise<Command>;
  /** The car was put back on the road: what was remembered of the past no longer holds. */
  relocated?(): void;
  /** Frees what the driver holds. */
  dispose?(): void;
}
