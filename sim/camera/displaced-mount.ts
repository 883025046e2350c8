import type { CameraConditions } from '../conditions/conditions.ts';
import type { CameraMount } from './mount.ts';

/** The widest field of view that a flat picture can have here [rad]. */
const WIDEST = 2.8;

/** The camera as it really sits and sees: its mount, moved and turned, with another lens. */
export function displacedMount(mount: CameraMount, { offset, fovFactor }: CameraConditions): CameraMount {
  return {
    ...mount,
    x: mount.x + offset.x,
    y: mount.y + offset.y,
    z: mount.z + offset.z,
    yaw: mount.yaw + offset.yaw,
    pitch: mount.pitch + offset.pitch,
    hfov: Math.min(WIDEST, mount.hfov * fovFactor),
  };
}
