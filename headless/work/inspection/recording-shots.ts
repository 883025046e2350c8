import type { ImageCodec } from '../../../datasets/images/codec.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { fixed } from '../../../evaluation/numbers.ts';
import { type PreviewedTraining, previewTraining } from '../../../models/training/preview.ts';
import { changesInWords } from '../../../models/training/preview-words.ts';
import { counted } from '../../../sim/counted.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { type Shot, takeShot, turned } from './shot.ts';

/** The camera that a page shows first. */
export function frontCamera(recording: Recording): string | undefined {
  const cameras = Object.keys(recording.cameras);
  return cameras.includes('centre') ? 'centre' : cameras[0];
}

/** Frames of samples with their labels; samples without one, or with a broken one, are passed over. */
export async function sampleShots(
  recording: Recording,
  samples: readonly number[],
  codec: ImageCodec,
): Promise<Shot[]> {
  const camera = frontCamera(recording);
  const shots: Shot[] = [];
  if (camera === undefined) return shots;
  const { time, steeringAngle, speed, measuredSpeed } = recording.columns;
  for (const index of samples) {
    if (!recording.cameras[camera]!.has(index)) continue;
    const angle = steeringAngle?.[index] ?? Number.NaN;
    const fast = (measuredSpeed ?? speed)?.[index] ?? Number.NaN;
    const facts = [`${fixed(time[index]! - time[0]!, 1)} s`, turned(angle)];
    if (Number.isFinite(fast)) facts.push(`${fixed(fast, 1)} m/s`);
    try {
      shots.push(await takeShot(await recording.frame(index, camera), angle, facts.join(' · '), codec));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return shots;
}

/**
 * Samples as a training shows them to its network, with the labels that then belong to them.
 * @throws Refusal for a recording that the training would refuse
 */
export async function trainedShots(
  recording: Recording,
  training: PreviewedTraining,
  count: number,
  codec: ImageCodec,
): Promise<Shot[]> {
  const samples = await previewTraining([recording], training, count);
  return Promise.all(
    samples.map((sample) => takeShot({ ...sample, time: 0 }, sample.angle, changesInWords(sample), codec)),
  );
}

/** e.g. `left, centre and right`. */
export function camerasInWords(recording: Recording): string {
  const cameras = Object.entries(recording.metadata.cameras);
  if (cameras.length === 0) return 'no camera';
  const sizes = new Set(cameras.map(([, { width, height }]) => `${width}×${height}`));
  return `${counted(cameras.length, 'camera')}: ${cameras.map(([name]) => name).join(', ')} (${[...sizes].join(', ')})`;
}
