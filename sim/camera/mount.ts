/**
 * Where a camera sits on the car and what it sees. Axes of the car: x forward, y left, z up. The origin is the ground
 * below the centre of gravity.
 */
export interface CameraMount {
  /** Position [m]. */
  readonly x: number;
  readonly y: number;
  /** Height above the ground [m]. */
  readonly z: number;
  /** Direction relative to the car, left positive [rad]. */
  readonly yaw: number;
  /** Upwards positive [rad]. */
  readonly pitch: number;
  /** Horizontal field of view [rad]. */
  readonly hfov: number;
  /** Size of the frame [px]. */
  readonly width: number;
  readonly height: number;
}

/** Behind the windscreen; sees the road from 3.3 m ahead to a little above the horizon. */
export const DEFAULT_FRONT_CAMERA: CameraMount = {
  x: 0.5,
  y: 0,
  z: 1.4,
  yaw: 0,
  pitch: -0.105,
  hfov: (75 * Math.PI) / 180,
  width: 160,
  height: 64,
};

/** Vertical field of view of square pixels [rad]. */
export function verticalFieldOfView(mount: CameraMount): number {
  return 2 * Math.atan((Math.tan(mount.hfov / 2) * mount.height) / mount.width);
}
