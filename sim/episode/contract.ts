import type { Command } from '../command.ts';
import type { ActingDisturbance } from '../disturbances/acting.ts';
import type { DisturbanceKinds } from '../disturbances/registry.ts';
import type { Driver } from '../drivers/driver.ts';
import type { CameraName, DrawingSurface, DrawnFrame, Frame } from '../frame.ts';
import type { Track } from '../track/track.ts';
import type { TrafficCar } from '../traffic/traffic-car.ts';
import type { VehicleParameters } from '../vehicle/parameters.ts';
import type { VehicleState } from '../vehicle/state.ts';
import type { EpisodeSpec } from './spec.ts';

/** |lateral error| beyond which the car is put back: NVIDIA, End to End Learning for Self-Driving Cars, section 7.1 [m]. */
export const INTERVENTION_DISTANCE = 1;

/** A frame from each camera. */
export type Frames = Readonly<Record<CameraName, Frame>>;

/** A camera as the episode needs it. */
export interface FrameSource {
  /** @param others the other cars that may be seen; nobody when absent */
  capture(state: VehicleState, time: number, others?: readonly TrafficCar[]): Promise<Frame>;
  /** Where `draw` leaves frames; a source that draws nowhere has neither. */
  readonly surface?: DrawingSurface;
  /** What `capture` sees, left where it is drawn until it is released. */
  draw?(state: VehicleState, time: number, others?: readonly TrafficCar[]): DrawnFrame;
}

export interface EpisodeOptions {
  readonly track: Track;
  readonly spec: EpisodeSpec;
  readonly driver: Driver;
  /** Cameras by name. They are read when the driver needs frames or `captureAlways` is set. */
  readonly cameras?: Readonly<Record<CameraName, FrameSource>>;
  readonly captureAlways?: boolean;
  /**
   * Whether somebody wants this tick's frames as bytes [s] though the driver takes them where they are drawn; asked at
   * each tick. Nobody does when absent.
   */
  keepsFrames?(time: number): boolean;
  /** Says at each tick what it would do; labels for recordings and the yardstick of reports. */
  readonly labeller?: Driver;
  /** Kinds of disturbances that the spec may hold; those of the registry when absent. */
  readonly disturbanceKinds?: DisturbanceKinds;
  readonly vehicle?: VehicleParameters;
  /** The episode ends after this time even if the route is not finished [s]. */
  readonly timeLimit?: number;
  /**
   * |lateral error| beyond which the car is put back now [m]; asked at each tick, and a negative answer puts it back
   * wherever it is. Default `INTERVENTION_DISTANCE`: a person at the wheel may be given more room.
   */
  readonly strayLimit?: () => number;
}

/** All that happened in one control period; the objects are new at every tick. */
export interface Tick {
  readonly index: number;
  /** World time at the tick's start [s]. */
  readonly time: number;
  /** Vehicle state at the tick's start. */
  readonly state: VehicleState;
  /** Arc length on the track [m] and lateral error from the middle of the driving lane, left positive [m]. */
  readonly s: number;
  readonly lateralError: number;
  /** The other cars at the tick's start. */
  readonly others: readonly TrafficCar[];
  /**
   * What the cameras saw at this very moment (not what reached the driver). Frames that the driver took where they were
   * drawn are here only when they are kept.
   */
  readonly frames: Frames;
  /** What the driver asked for, without any disturbance. */
  readonly command: Command;
  /** What the labeller would have asked for. */
  readonly label: Command | null;
  /** The car had strayed or touched another and was put back at this tick; the state is the one after that. */
  readonly intervened: boolean;
  /** How far it had strayed when it was put back [m]; 0 otherwise. */
  readonly strayed: number;
  /** Id of the car that ours had touched when it was put back, or null. */
  readonly collision: string | null;
  /** What disturbs the car in this tick. */
  readonly disturbances: readonly ActingDisturbance[];
}
