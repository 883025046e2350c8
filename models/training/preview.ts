import { type GroundView, groundView } from '../../datasets/augmentation/ground-view.ts';
import { mostTurned } from '../../datasets/augmentation/most-turned.ts';
import type { ImageSize } from '../../datasets/images/resize.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { createWindowSource, type PlannedWindows } from '../../datasets/windows/window-source.ts';
import { createStream } from '../../sim/random/stream.ts';
import { Refusal } from '../../sim/refusal.ts';
import { frameValues, type PixelSpec } from '../input/frame-values.ts';
import { createFrameChanger, drawAugmentation, type FrameChanges } from './augment.ts';
import type { DataSettings, TrainingOptions } from './options.ts';
import { completeData } from './training-settings.ts';

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

/** What a preview has to know of a training. */
export interface PreviewedTraining
  extends Pick<DataSettings, 'width' | 'height' | 'crop' | 'smoothing' | 'labelShift' | 'sideCameras'> {
  /** Name in the zoo. */
  readonly architecture: string;
  readonly training: PreviewedOptions;
}

type PreviewedOptions = FrameChanges & Pick<TrainingOptions, 'mirror' | 'jitter'>;

/** The options that a preview depends on, among those of a training. */
export function changesOf(options: PreviewedOptions): PreviewedOptions {
  const { seed, mirror, jitter, lateralShift, rotation, gamma, shadow, noise, blur, erase } = options;
  return { seed, mirror, jitter, lateralShift, rotation, gamma, shadow, noise, blur, erase };
}

/**
 * What a training makes of the most turned frames of equal stretches of its recordings, at the size that its network sees;
 * the same training shows the same.
 * @param count of pictures at most; frames that are missing or broken are left out
 * @throws Refusal for recordings that the training would refuse
 */
export function previewTraining(
  recordings: readonly Recording[],
  { architecture, training, smoothing, labelShift, sideCameras, ...input }: PreviewedTraining,
  count: number,
): Promise<PreviewSample[]> {
  const { width, height, crop } = completeData(architecture, input);
  const inputSize = { width, height };
  const source = createWindowSource(recordings, { time: 1, inputSize, crop, smoothing, labelShift, sideCameras });
  return previewSamples(source, inputSize, groundView(recordings, inputSize, crop), training, count);
}

/**
 * What a training makes of the most turned frames of equal stretches; the same options show the same.
 * @param source windows of one frame
 * @param size of its frames
 * @param count of pictures at most; frames that are missing or broken are left out
 */
export async function previewSamples(
  source: Pick<PlannedWindows, 'steering' | 'load'>,
  size: ImageSize,
  ground: GroundView,
  options: PreviewedOptions,
  count: number,
): Promise<PreviewSample[]> {
  const changer = createFrameChanger(size, ground, options);
  const samples: PreviewSample[] = [];
  for (const [row, window] of mostTurned(source.steering, count).entries()) {
    const batch = await source.load([window]).catch(passOver);
    if (batch === undefined) continue;
    const angle = () => (batch.mask[0] === 1 ? batch.targets[0]! : Number.NaN);
    const recorded = angle();
    const change = changer?.apply(batch, createStream(options.seed, `preview/shift/${row}`))[0];
    const look = drawAugmentation(createStream(options.seed, `preview/look/${row}`), options);
    const values = frameValues(batch.frames, 1, 1, { ...size, ...PLAIN }, [look]);
    const sign = look.mirror ? -1 : 1;
    samples.push({
      ...size,
      pixels: Uint8Array.from(values, Math.round),
      angle: sign * angle() + 0,
      recorded,
      mirrored: look.mirror,
      lateralShift: sign * (change?.lateralShift ?? 0) + 0,
    });
  }
  return samples;
}

function passOver(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}
