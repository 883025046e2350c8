import { Refusal } from '../../sim/refusal.ts';
import type { ImageCodec } from '../images/codec.ts';
import type { ImageSize } from '../images/resize.ts';
import type { EncodedFrame, FrameLoader } from '../recording/recording.ts';
import type { FileStorage } from '../storage/storage.ts';

/** Pictures that lie in one file each. */
export interface PictureFiles extends FrameLoader {
  readonly size: ImageSize;
}

/**
 * A camera whose pictures are files of their own. The first one that decodes tells the size; the others must have it.
 * @param paths file of each sample; undefined where it has none
 * @param time time of each sample [s]
 * @throws Refusal `bad-image` when no picture can be decoded
 */
export async function openPictureFiles(
  storage: FileStorage,
  codec: ImageCodec,
  paths: readonly (string | undefined)[],
  time: Float64Array,
): Promise<PictureFiles> {
  const where = (index: number) => `${storage.name}/${paths[index]} (sample ${index})`;
  const encoded = async (index: number): Promise<EncodedFrame> => {
    const path = paths[index];
    if (path === undefined) {
      throw new Refusal('bad-image', `${storage.name}: sample ${index}`, 'it has no picture', 'leave it out');
    }
    const bytes = await storage.read(path);
    return { type: bytes[0] === 0x89 ? 'png' : 'jpeg', bytes };
  };
  const decode = async (index: number) => codec.decode((await encoded(index)).bytes, where(index), time[index]!);
  const size = await firstSize(paths, decode);
  return {
    size,
    has: (index) => paths[index] !== undefined,
    encoded,
    async load(index) {
      const frame = await decode(index);
      if (frame.width === size.width && frame.height === size.height) return frame;
      throw new Refusal(
        'bad-image',
        where(index),
        `the picture is ${frame.width}x${frame.height}, the first one ${size.width}x${size.height}`,
        'replace it, or leave its sample out',
      );
    },
  };
}

const FIRST_PICTURES = 20;

async function firstSize(
  paths: readonly (string | undefined)[],
  decode: (index: number) => Promise<ImageSize>,
): Promise<ImageSize> {
  let failure: unknown;
  let tried = 0;
  for (let index = 0; index < paths.length && tried < FIRST_PICTURES; index++) {
    if (paths[index] === undefined) continue;
    tried++;
    try {
      const { width, height } = await decode(index);
      return { width, height };
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure ?? new Refusal('bad-image', '', 'there is no picture', 'use a recording with images');
}
