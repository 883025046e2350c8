import type { Frame } from '../../../sim/frame.ts';
import type { ImageSize } from '../../images/resize.ts';
import type { AppendHandle, FileStorage } from '../../storage/storage.ts';
import { startVideoFile, type VideoWriter } from '../../video/encode.ts';
import { videoKey } from './features.ts';
import { type FilePlace, isFull, placeOf } from './file-places.ts';
import { fillPath } from './info.ts';

export const VIDEO_PATH = 'videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4';

export interface VideoFilesOptions extends ImageSize {
  readonly camera: string;
  /** Frames a second. */
  readonly fps: number;
  /** Most bytes in a file, unless a single episode is larger. */
  readonly limit: number;
}

/** The video files of one camera under way: episodes go into one until it is full. */
export class VideoFiles {
  readonly #storage: FileStorage;
  readonly #options: VideoFilesOptions;
  #number = -1;
  #file: { readonly handle: AppendHandle; readonly video: VideoWriter<void> } | undefined;

  constructor(storage: FileStorage, options: VideoFilesOptions) {
    this.#storage = storage;
    this.#options = options;
  }

  /**
   * @param samples of the episode, as far as is known
   * @returns where the episode lies, and the time in that file at which it begins [s]
   */
  async begin(samples: number): Promise<{ readonly place: FilePlace; readonly from: number }> {
    const { camera, width, height, fps, limit } = this.#options;
    const file = this.#file;
    if (file === undefined || isFull({ samples: file.video.frames, bytes: file.handle.size }, samples, limit)) {
      await file?.video.finish();
      const path = fillPath(VIDEO_PATH, { ...placeOf(++this.#number), video_key: videoKey(camera) });
      const handle = await this.#storage.openAppend(path);
      this.#file = { handle, video: await startVideoFile(width, height, { rate: fps }, handle) };
    }
    return { place: placeOf(this.#number), from: this.#file!.video.frames / fps };
  }

  add(frame: Frame): Promise<void> {
    return this.#file!.video.add(frame);
  }

  async finish(): Promise<void> {
    await this.#file?.video.finish();
  }

  async cancel(): Promise<void> {
    await this.#file?.video.cancel().catch(() => undefined);
    await this.#file?.handle.close().catch(() => undefined);
  }
}
