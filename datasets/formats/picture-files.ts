import type { CameraName } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { ImageCodec } from '../images/codec.ts';
import { pictureType } from '../images/picture-type.ts';
import type { ImageSize } from '../images/resize.ts';
import { hashHex } from '../recording/hash.ts';
import type { CameraMetadata } from '../recording/metadata.ts';
import type { EncodedFrame, FrameLoader } from '../recording/recording.ts';
import type { FileStorage } from '../storage/storage.ts';
import { firstSize } from './first-size.ts';

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
    return { type: pictureType(bytes), bytes };
  };
  const decode = async (index: number) => codec.decode((await encoded(index)).bytes, where(index), time[index]!);
  const has = (index: number) => paths[index] !== undefined;
  const size = await firstSize({ has, load: decode }, paths.length);
  return {
    size,
    has,
    encoded,
    fingerprint: () => fingerprint(storage, paths),
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

/** Cameras of a recording, and what its metadata say of them. */
export interface PictureCameras {
  readonly cameras: Record<CameraName, FrameLoader>;
  readonly about: Record<CameraName, CameraMetadata>;
}

/**
 * Cameras whose pictures are files of their own.
 * @param paths by camera: file of each sample; undefined where it has none. A camera without any is left out
 * @param time time of each sample [s]
 * @param mounts by camera, where known
 * @throws Refusal `bad-image` when no picture of a camera can be decoded
 */
export async function openPictureCameras(
  storage: FileStorage,
  codec: ImageCodec,
  paths: Iterable<readonly [camera: CameraName, paths: readonly (string | undefined)[]]>,
  time: Float64Array,
  mounts: Readonly<Record<CameraName, CameraMetadata['mount']>> = {},
): Promise<PictureCameras> {
  const cameras: Record<CameraName, FrameLoader> = {};
  const about: Record<CameraName, CameraMetadata> = {};
  for (const [camera, places] of paths) {
    if (places.every((place) => place === undefined)) continue;
    const files = await openPictureFiles(storage, codec, places, time);
    const mount = mounts[camera];
    cameras[camera] = files;
    about[camera] = { ...files.size, ...(mount && { mount }) };
  }
  return { cameras, about };
}

/** Names and sizes of all pictures, and the bytes of some: reading all would cost as much as decoding them. */
async function fingerprint(storage: FileStorage, paths: readonly (string | undefined)[]): Promise<string> {
  const sizes = new Map<string, number>();
  for (const folder of new Set(paths.map((path) => path?.replace(/[^/]*$/, '') ?? ''))) {
    for (const { name, size } of await storage.list(folder)) sizes.set(`${folder}${name}`, size);
  }
  const parts = paths.map((path) => new TextEncoder().encode(`${path} ${sizes.get(path ?? '')}\n`));
  const named = paths.filter((path) => path !== undefined);
  const every = Math.max(1, Math.ceil(named.length / FINGERPRINT_PICTURES));
  for (let i = 0; i < named.length; i += every) parts.push(new Uint8Array(await storage.read(named[i]!)));
  return hashHex(parts);
}

const FINGERPRINT_PICTURES = 32;
