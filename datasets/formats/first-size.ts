import { Refusal } from '../../sim/refusal.ts';
import type { ImageSize } from '../images/resize.ts';
import type { FrameLoader } from '../recording/recording.ts';

/** Broken pictures at the beginning that are passed over at most. */
const MOST_BROKEN = 1000;

/**
 * Size of a camera's frames: that of the first picture that can be decoded.
 * @param length number of samples
 * @throws Refusal of the first picture when none of them can be decoded
 */
export async function firstSize({ has, load }: Pick<FrameLoader, 'has' | 'load'>, length: number): Promise<ImageSize> {
  let failure: unknown;
  for (let index = 0, tried = 0; index < length && tried < MOST_BROKEN; index++) {
    if (!has(index)) continue;
    tried++;
    try {
      const { width, height } = await load(index);
      return { width, height };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failure ??= error;
    }
  }
  throw failure ?? new Refusal('bad-image', '', 'there is no picture', 'use a recording with images');
}
