import type { GroundView } from '../../datasets/augmentation/ground-view.ts';
import { mostTurned } from '../../datasets/augmentation/most-turned.ts';
import type { ImageSize } from '../../datasets/images/resize.ts';
import type { PlannedWindows } from '../../datasets/windows/window-source.ts';
import { createStream } from '../../sim/random/stream.ts';
import { frameValues, type PixelSpec } from '../input/frame-values.ts';
import { createFrameChanger, drawAugmentation, type FrameChanges } from './augment.ts';
import type { TrainingOptions } from './options.ts';

/** A picture as a training shows it to the network, before the network's own colour space. */
export interface PreviewSample extends ImageSize {
  /** RGB `[height, width, 3]`. */
  readonly pixels: Uint8Array;
  /** Steering angle that is learned with it, and the one before the picture was changed [rad]; NaN without label. */
  readonly angle: number;
  readonly recorded: number;
  readonly mirrored: boolean;
  /** How far left of its line the car seems to be [m]; right when negative. */
  readonly lateralShift: number;
}

/** Pixels as they are. */
const PLAIN: Pick<PixelSpec, 'colourSpace' | 'normalisation'> = {
  colourSpace: 'rgb',
  normalisation: { mean: [0, 0, 0], std: [1, 1, 1] },
};

/**
 * What a training makes of the most turned frames of equal stretches; the same options show the same.
 * @param source windows of one frame
 * @param size of its frames
 * @throws Refusal when a picture is missing or broken
 */
export async function previewSamples(
  source: Pick<PlannedWindows, 'steering' | 'load'>,
  size: ImageSize,
  ground: GroundView,
  options: FrameChanges & Pick<TrainingOptions, 'mirror' | 'jitter'>,
  count: number,
): Promise<PreviewSample[]> {
  const windows = mostTurned(source.steering, count);
  if (windows.length === 0) return [];
  const batch = await source.load(windows);
  const angleOf = (row: number) => (batch.mask[3 * row] === 1 ? batch.targets[3 * row]! : Number.NaN);
  const recorded = windows.map((_, row) => angleOf(row));
  const chance = (purpose: string, row: number) => createStream(options.seed, `preview/${purpose}/${row}`);
  const changes = createFrameChanger(size, ground, options)?.apply(batch, (row) => chance('shift', row));
  const looks = windows.map((_, row) => drawAugmentation(chance('look', row), options));
  const values = frameValues(batch.frames, batch.batch, 1, { ...size, ...PLAIN }, looks);
  const length = size.width * size.height * 3;
  return windows.map((_, row) => {
    const mirrored = looks[row]!.mirror;
    const sign = mirrored ? -1 : 1;
    return {
      width: size.width,
      height: size.height,
      pixels: Uint8Array.from(values.subarray(row * length, (row + 1) * length), Math.round),
      angle: sign * angleOf(row) + 0,
      recorded: recorded[row]!,
      mirrored,
      lateralShift: sign * (changes?.[row]?.lateralShift ?? 0) + 0,
    };
  });
}
