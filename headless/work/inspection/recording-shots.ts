import { createAugmenter } from '../../../datasets/augmentation/augment.ts';
import { type AppliedAugmentation, MODERATE } from '../../../datasets/augmentation/choice.ts';
import { groundView } from '../../../datasets/augmentation/ground-view.ts';
import { mostTurned } from '../../../datasets/augmentation/most-turned.ts';
import type { ImageCodec } from '../../../datasets/images/codec.ts';
import { NO_CROP } from '../../../datasets/images/resize.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { createWindowSource } from '../../../datasets/windows/window-source.ts';
import { counted, fixed } from '../../../evaluation/report/numbers.ts';
import { createStream } from '../../../sim/random/stream.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { type Shot, shotSize, takeShot, turned } from './shot.ts';

/** Pictures are shifted sideways by no more than this [m]. */
const SHOWN_SHIFT = 0.5;

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

/** Samples as a network would get them while it trains: changed at random, with the labels that then belong to them. */
export async function augmentedShots(recording: Recording, count: number, codec: ImageCodec): Promise<Shot[]> {
  const camera = frontCamera(recording);
  if (camera === undefined) return [];
  const size = shotSize(recording.metadata.cameras[camera]!);
  const source = createWindowSource([recording], { time: 1, inputSize: size, camera, cacheBytes: 0 });
  const stream = createStream(1, 'inspection/augmentation');
  const lateralShift = { metres: SHOWN_SHIFT, ...groundView([recording], size, NO_CROP) };
  const augmenter = createAugmenter(size, { ...MODERATE, lateralShift }, stream.fork('tables'));
  const turns = mostTurned(source.steering, count);
  const shots: Shot[] = [];
  for (const window of turns) {
    try {
      const batch = await source.load([window]);
      const before = batch.mask[0] === 1 ? batch.targets[0]! : Number.NaN;
      const [applied] = augmenter.apply(batch, stream);
      const angle = batch.mask[0] === 1 ? batch.targets[0]! : Number.NaN;
      const caption = `${turned(before)} → ${turned(angle)}: ${inWords(applied!)}`;
      shots.push(await takeShot({ ...size, time: 0, pixels: batch.frames }, angle, caption, codec));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return shots;
}

function inWords(applied: AppliedAugmentation): string {
  const words: string[] = [];
  if (applied.mirrored) words.push('mirrored');
  const { lateralShift } = applied;
  words.push(`${fixed(Math.abs(lateralShift), 2)} m further ${lateralShift > 0 ? 'left' : 'right'}`);
  words.push(`brightness × ${fixed(applied.brightness, 2)}`, `gamma ${fixed(applied.gamma, 2)}`);
  const degrees = (applied.rotation * 180) / Math.PI;
  if (Math.abs(degrees) >= 0.1) words.push(`rotated ${fixed(degrees, 1)}°`);
  if (applied.shadow !== undefined) words.push('shadow');
  words.push(`noise ${fixed(applied.noise, 1)}`);
  if (applied.blurred) words.push('blurred');
  if (applied.erased !== undefined) words.push('patch erased');
  return words.join(', ');
}

/** e.g. `left, centre and right`. */
export function camerasInWords(recording: Recording): string {
  const cameras = Object.entries(recording.metadata.cameras);
  if (cameras.length === 0) return 'no camera';
  const sizes = new Set(cameras.map(([, { width, height }]) => `${width}×${height}`));
  return `${counted(cameras.length, 'camera')}: ${cameras.map(([name]) => name).join(', ')} (${[...sizes].join(', ')})`;
}
