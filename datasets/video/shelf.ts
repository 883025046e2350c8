import type { FileStorage } from '../storage/storage.ts';
import { openVideoFile } from './container.ts';
import type { Video } from './video.ts';

/** Videos held open at a time; each has a decoder and the times of its frames. */
const HELD = 8;

interface Held {
  readonly video: Promise<Video>;
  users: number;
}

/** The videos of a recording that has many: opened when needed, the longest unused closed again. */
export class VideoShelf {
  readonly #storage: FileStorage;
  /** The longest unused first. */
  readonly #held = new Map<string, Held>();

  constructor(storage: FileStorage) {
    this.#storage = storage;
  }

  /** Runs a job on a video. @throws Refusal when it cannot be opened */
  async use<T>(path: string, job: (video: Video) => Promise<T>): Promise<T> {
    const held = this.#held.get(path) ?? { video: openVideoFile(this.#storage, path), users: 0 };
    this.#held.delete(path);
    this.#held.set(path, held);
    held.users++;
    try {
      return await job(await held.video);
    } catch (error) {
      // A video that cannot be opened is tried again when it is asked for again.
      await held.video.catch(() => this.#held.delete(path));
      throw error;
    } finally {
      held.users--;
      await this.#makeRoom();
    }
  }

  async close(): Promise<void> {
    const all = [...this.#held.values()];
    this.#held.clear();
    for (const { video } of all) await video.then((open) => open.close()).catch(() => undefined);
  }

  async #makeRoom(): Promise<void> {
    for (const [path, { video, users }] of this.#held) {
      if (this.#held.size <= HELD) return;
      if (users > 0) continue;
      this.#held.delete(path);
      await video.then((open) => open.close()).catch(() => undefined);
    }
  }
}
