import sharp from 'sharp';
import type { FileStorage } from '../../../datasets/storage/storage.ts';
import type { GroundTruth } from '../../../sim/camera/ground-truth.ts';

/** Folder within a recording that holds what is true of each pixel. */
export const TRUTH_FOLDER = 'truth';
/**
 * Values of a depth picture in a metre, as in the depth maps of the KITTI benchmark (J. Uhrig and others, Sparsity
 * Invariant CNNs, 2017): 16 bit, 0 where nothing is known, here the sky. 255.99 m is the farthest.
 */
const DEPTH_UNITS = 256;
const DEEPEST = 65_535;

/** @param kind of a pixel: which lane it is on, or how far away it is */
export function truthFile(camera: string, sample: number, kind: 'lane' | 'depth'): string {
  return `${TRUTH_FOLDER}/${camera}/${String(sample).padStart(6, '0')}-${kind}.png`;
}

/** Writes lane and depth of one frame beside the recording, as two grey pictures of the frame's size. */
export async function writeTruth(
  storage: FileStorage,
  camera: string,
  sample: number,
  { width, height, lane, depth }: GroundTruth,
): Promise<void> {
  const raw = { width, height, channels: 1 } as const;
  const units = Uint16Array.from(depth, (metres) =>
    Number.isFinite(metres) ? Math.min(DEEPEST, Math.max(1, Math.round(metres * DEPTH_UNITS))) : 0,
  );
  const [lanePicture, depthPicture] = await Promise.all([
    sharp(lane, { raw }).toColourspace('b-w').png().toBuffer(),
    sharp(units, { raw }).toColourspace('grey16').png().toBuffer(),
  ]);
  await storage.write(truthFile(camera, sample, 'lane'), lanePicture);
  await storage.write(truthFile(camera, sample, 'depth'), depthPicture);
}
