import type { CameraMount } from '../../../sim/camera/mount.ts';

/** From where a person watches. */
export type ViewName = 'chase' | 'cockpit' | 'sensor';

/** Where a person's eyes are; the sensor view is the car's own camera. Sizes of frames do not matter here. */
export const EYES: Readonly<Record<Exclude<ViewName, 'sensor'>, CameraMount>> = {
  chase: { x: -7.6, y: 0, z: 3, yaw: 0, pitch: -0.16, hfov: 1.2, width: 16, height: 9 },
  cockpit: { x: -0.1, y: 0.36, z: 1.17, yaw: 0, pitch: -0.03, hfov: 1.35, width: 16, height: 9 },
};

/** The chasing camera turns after the car with this time constant [s]. */
const TRAILING = 0.35;

/** Turns after the car, a little late, so that its own turning can be seen. */
export class TrailingYaw {
  #yaw: number | null = null;

  reset(): void {
    this.#yaw = null;
  }

  /** @param elapsed since the last picture [s]; a jump of more than a right angle is followed at once */
  follow(yaw: number, elapsed: number): number {
    if (this.#yaw === null) this.#yaw = yaw;
    let change = yaw - this.#yaw;
    change -= 2 * Math.PI * Math.round(change / (2 * Math.PI));
    const share = Math.abs(change) > Math.PI / 2 ? 1 : 1 - Math.exp(-elapsed / TRAILING);
    this.#yaw += change * share;
    return this.#yaw;
  }
}

/**
 * Vertical field of view for a picture of this shape [degree]. Wide pictures keep the horizontal field of view down to
 * a height that still shows the road; tall ones show more sky instead of less road.
 */
export function verticalDegrees(hfov: number, aspect: number): number {
  const vertical = 2 * Math.atan(Math.tan(hfov / 2) / aspect);
  return Math.max(36, Math.min(80, (vertical * 180) / Math.PI));
}
