import type { RandomStream } from '../../sim/random/stream.ts';
import type { ImageSize } from '../images/resize.ts';
import { returnCorrection } from '../windows/steering-correction.ts';
import type { WindowBatch } from '../windows/window-source.ts';
import { type AppliedAugmentation, type AugmentationOptions, choose } from './choice.ts';
import { warpInPlace } from './geometry.ts';
import { addNoise, applyTable, blur, castShadow, erase, noiseTable, toneTable } from './light.ts';

/** Changes batches at random. */
export interface Augmenter {
  /**
   * Changes frames, targets and mask in place. A window that is shifted sideways loses its torque label: what the hands
   * would have felt there is not known.
   * @param chance one stream for all windows, or the stream of each
   */
  apply(batch: WindowBatch, chance: RandomStream | ((row: number) => RandomStream)): AppliedAugmentation[];
}

const TARGETS = 3;

/**
 * @param size of the frames in the batches
 * @param seedStream for the noise table only
 */
export function createAugmenter(size: ImageSize, options: AugmentationOptions, seedStream: RandomStream): Augmenter {
  const frameBytes = size.width * size.height * 3;
  const scratch = new Uint8Array(frameBytes);
  const noise = options.noise ? noiseTable(seedStream.fork('noise')) : new Float32Array(1);

  return {
    apply(batch, chance) {
      const applied: AppliedAugmentation[] = [];
      for (let row = 0; row < batch.batch; row++) {
        const stream = typeof chance === 'function' ? chance(row) : chance;
        const choice = choose(options, stream);
        applied.push(choice);
        changeLabels(batch, row, choice, options);
        const table =
          choice.brightness === 1 && choice.gamma === 1 ? undefined : toneTable(choice.brightness, choice.gamma);
        const height = options.lateralShift?.cameraHeight ?? 1.2;
        const warp = {
          mirror: choice.mirrored,
          // On flat ground a point seen `rows` below the horizon is at depth f h / rows, where an offset y moves it by
          // f y / depth = y rows / h. From further left, the ground moves to the right.
          slope: (choice.lateralShift / height) * (options.lateralShift?.pixelAspect ?? 1),
          horizon: (options.lateralShift?.horizon ?? 0) * size.height,
          rotation: choice.rotation,
        };
        for (let t = 0; t < batch.time; t++) {
          const offset = (row * batch.time + t) * frameBytes;
          warpInPlace(batch.frames, size, warp, scratch, offset);
          if (table !== undefined) applyTable(batch.frames, table, offset, frameBytes);
          if (choice.shadow !== undefined) castShadow(batch.frames, size, choice.shadow, offset);
          if (choice.blurred) blur(batch.frames, size, scratch, offset);
          if (choice.noise > 0) {
            const start = stream.integer(0, noise.length - 1);
            addNoise(batch.frames, noise, start, choice.noise, offset, frameBytes);
          }
          if (choice.erased !== undefined) erase(batch.frames, size, choice.erased, offset);
        }
      }
      return applied;
    },
  };
}

function changeLabels(
  batch: WindowBatch,
  row: number,
  choice: AppliedAugmentation,
  options: AugmentationOptions,
): void {
  for (let t = 0; t < batch.time; t++) {
    const place = row * batch.time + t;
    const angle = place * TARGETS;
    const torque = angle + 2;
    if (choice.mirrored) {
      batch.targets[angle] = -batch.targets[angle]! + 0;
      batch.targets[torque] = -batch.targets[torque]! + 0;
    }
    if (choice.lateralShift === 0) continue;
    if (batch.mask[angle] === 1) {
      batch.targets[angle]! += returnCorrection(choice.lateralShift, batch.speed[place]!, options.lateralShift);
    }
    batch.targets[torque] = 0;
    batch.mask[torque] = 0;
  }
}
