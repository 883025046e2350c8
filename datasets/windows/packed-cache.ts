import type { CameraName } from '../../sim/frame.ts';
import type { Crop, ImageSize } from '../images/resize.ts';
import { bytesOf, hashHex } from '../recording/hash.ts';
import type { Recording } from '../recording/recording.ts';
import type { FileStorage } from '../storage/storage.ts';
import { FrameFiles } from './frame-files.ts';
import type { PackedFrames } from './packed-frames.ts';

/** Raised when the same picture would give other bytes, so that old caches are not read. */
const RESIZE_VERSION = 1;

/** Decoded, cropped and resized frames in files, found again by the content of what they were made from. */
export interface PackedCache {
  open(recording: Recording, camera: CameraName, size: ImageSize, crop: Crop): Promise<PackedFrames>;
  /** Writes what waits and closes the files. */
  close(): Promise<void>;
}

export interface PackedCacheOptions {
  /** Most bytes that this cache adds to its folder. Default 16 GiB. */
  readonly limitBytes?: number;
}

/**
 * A cache in a folder. Each process that opens one adds files of its own, so several may share the folder; like a
 * recording, a file is readable whenever its writer dies. Deleting the folder is always safe.
 */
export function createPackedCache(storage: FileStorage, options: PackedCacheOptions = {}): PackedCache {
  const opened = new Map<string, Promise<FrameFiles>>();
  const budget = { left: options.limitBytes ?? 16 * 1024 ** 3 };
  return {
    async open(recording, camera, size, crop) {
      const key = await contentKey(recording, camera, size, crop);
      let files = opened.get(key);
      if (files === undefined) {
        files = FrameFiles.open(storage, key, size.width * size.height * 3, recording.length, budget);
        opened.set(key, files);
      }
      return files;
    },
    async close() {
      for (const files of opened.values()) await (await files).close();
      opened.clear();
      await storage.close();
    },
  };
}

async function contentKey(recording: Recording, camera: CameraName, size: ImageSize, crop: Crop): Promise<string> {
  const made = {
    RESIZE_VERSION,
    camera,
    size: [size.width, size.height],
    crop: [crop.top, crop.bottom, crop.left, crop.right],
  };
  const pictures = (await recording.cameras[camera]!.fingerprint?.()) ?? JSON.stringify(recording.metadata);
  const text = new TextEncoder().encode(JSON.stringify([made, pictures]));
  return hashHex([text, bytesOf(recording.columns.time)]).slice(0, 32);
}
