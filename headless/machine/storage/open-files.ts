import type { FileHandle } from 'node:fs/promises';

const MAX_OPEN_FILES = 16;

interface OpenFile {
  readonly handle: Promise<FileHandle>;
  readers: number;
  isForgotten: boolean;
}

/** Files that are held open for the next read; a file that is being read is closed only after it. */
export class OpenFiles {
  /** By full path, the longest unused first. */
  readonly #files = new Map<string, OpenFile>();

  /**
   * Lends the file, opened when it is not yet.
   * @throws what `open` and `read` throw
   */
  async read<T>(path: string, open: () => Promise<FileHandle>, read: (handle: FileHandle) => Promise<T>): Promise<T> {
    const file = this.#files.get(path) ?? { handle: open(), readers: 0, isForgotten: false };
    this.#files.delete(path);
    this.#files.set(path, file);
    file.readers++;
    try {
      const handle = await file.handle.catch((error) => {
        if (this.#files.get(path) === file) this.#files.delete(path);
        throw error;
      });
      const [longestUnused] = this.#files.keys();
      if (this.#files.size > MAX_OPEN_FILES) await this.forget(longestUnused!);
      return await read(handle);
    } finally {
      file.readers--;
      await closeUnused(file);
    }
  }

  /** The next read opens this path anew. */
  async forget(path: string): Promise<void> {
    const file = this.#files.get(path);
    if (file === undefined) return;
    this.#files.delete(path);
    file.isForgotten = true;
    await closeUnused(file);
  }

  /** Every read from now on opens its file anew. */
  async forgetAll(): Promise<void> {
    for (const path of [...this.#files.keys()]) await this.forget(path);
  }
}

async function closeUnused(file: OpenFile): Promise<void> {
  if (!file.isForgotten || file.readers > 0) return;
  await file.handle.then((handle) => handle.close()).catch(() => undefined);
}
