import type { CameraName } from '../frame.ts';
import { type CameraMount, DEFAULT_FRONT_CAMERA } from './mount.ts';

/** Cameras on one car, by name. */
export type CameraRig = Readonly<Record<CameraName, CameraMount>>;

/** How far the outer cameras of three sit from the middle of the car, behind the ends of the windscreen [m]. */
const SIDE = 0.75;

/**
 * The rigs that the program brings along: `front`, one camera behind the windscreen; `three`, as in Udacity's simulator
 * and NVIDIA's car (arXiv:1604.07316), where two more see the road as from a car that has strayed.
 */
export const CAMERA_RIGS = {
  front: { centre: DEFAULT_FRONT_CAMERA },
  three: {
    centre: DEFAULT_FRONT_CAMERA,
    left: { ...DEFAULT_FRONT_CAMERA, y: SIDE },
    right: { ...DEFAULT_FRONT_CAMERA, y: -SIDE },
  },
} as const satisfies Record<string, CameraRig>;

export type RigName = keyof typeof CAMERA_RIGS;

export const RIG_NAMES = Object.keys(CAMERA_RIGS) as readonly RigName[];
