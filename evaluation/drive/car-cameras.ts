import type { Conditions } from '../../sim/conditions/conditions.ts';
import type { FrameSource } from '../../sim/episode/contract.ts';
import type { CameraName } from '../../sim/frame.ts';
import type { Track } from '../../sim/track/track.ts';

/** Cameras on one car on one road. */
export interface MountedCameras {
  readonly sources: Readonly<Record<CameraName, FrameSource>>;
  dispose(): void;
}

/** Puts cameras on cars; whoever has a graphics device makes one. */
export interface CarCameras {
  /** Builds the scene of a road under these conditions, with cameras in it, ready to capture. */
  mount(track: Track, conditions: Conditions): Promise<MountedCameras>;
}
