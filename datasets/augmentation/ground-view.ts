import type { Crop, ImageSize } from '../images/resize.ts';
import type { CameraMetadata } from '../recording/metadata.ts';
import type { Recording } from '../recording/recording.ts';

/** How a camera looks at the ground, as a network gets to see it: what a sideways shift of the picture needs. */
export interface GroundView {
  /** Row of the horizon, as a share of the input's height from its top; negative when it was cropped away. */
  readonly horizon: number;
  /** Height of the camera above the ground [m]. */
  readonly cameraHeight: number;
  /** Horizontal over vertical scale of the resizing. */
  readonly pixelAspect: number;
}

/** A camera that nothing is known of looks straight ahead from here, behind the windscreen of a car [m]. */
const USUAL_HEIGHT = 1.2;

/**
 * What the first recording that says how its front camera is mounted tells of all of them; without any, a level camera
 * behind the windscreen.
 */
export function groundView(recordings: readonly Recording[], size: ImageSize, crop: Crop): GroundView {
  const cameras = recordings.flatMap(
    ({ metadata }) => metadata.cameras.centre ?? Object.values(metadata.cameras)[0] ?? [],
  );
  const camera = cameras.find(isMounted) ?? cameras[0];
  const [across, down] = [1 - crop.left - crop.right, 1 - crop.top - crop.bottom];
  const frame = camera ?? { width: size.width / across, height: size.height / down };
  const { horizon, cameraHeight } = camera && isMounted(camera) ? seenFrom(camera) : LEVEL;
  return {
    horizon: (horizon - crop.top) / down,
    cameraHeight,
    pixelAspect: size.width / (across * frame.width) / (size.height / (down * frame.height)),
  };
}

const LEVEL = { horizon: 0.5, cameraHeight: USUAL_HEIGHT };

interface Mounted extends CameraMetadata {
  /** Height [m], pitch (up positive) and horizontal field of view [rad]. */
  readonly mount: { readonly z: number; readonly pitch: number; readonly hfov: number };
}

function isMounted(camera: CameraMetadata): camera is Mounted {
  const { z, pitch, hfov } = camera.mount ?? {};
  const isAngle = (value: unknown) => typeof value === 'number' && Math.abs(value) < Math.PI;
  return typeof z === 'number' && z > 0 && isAngle(pitch) && isAngle(hfov) && (hfov as number) > 0;
}

/** A pinhole camera with square pixels sees the horizon f tan(pitch) below its middle, with f = width / 2 / tan(hfov / 2). */
function seenFrom({ width, height, mount }: Mounted) {
  const focal = width / 2 / Math.tan(mount.hfov / 2);
  return { horizon: 0.5 + (focal * Math.tan(mount.pitch)) / height, cameraHeight: mount.z };
}
