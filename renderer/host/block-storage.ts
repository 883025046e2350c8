import type {
  AppendHandle,
  AppendOptions,
  FileStorage,
  StorageEntry,
  WriteOptions,
} from '../../datasets/storage/storage.ts';

/** Bytes asked of the host at once: about fifty frames. */
const BLOCK = 256 * 1024;

/**
 * Reads a storage in blocks and keeps the last ones, so that a thousand small pictures are not a thousand requests. For
 * files that do not change while they are read.
 */
export class BlockStorage implements FileStorage {
  readonly name: string;
  readonly #inner: FileStorage;
  readonly #keep: number;
  readonly #blocks = new Map<string, Promise<Uint8Array>>();
  readonly #sizes = new Map<string, Promise<number>>();

  /** @param keep how many blocks are kept */
  constructor(inner: FileStorage, keep = 64) {
    this.name = inner.name;
    this.#inner = inner;
    this.#keep = keep;
  }

  async readRange(path: string, offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(offset + length, await this.#sizeOf(path));
    if (end <= offset) return new Uint8Array();
    const first = Math.floor(offset / BLOCK);
    const last = Math.floor((end - 1) / BLOCK);
    const blocks = await Promise.all(Array.from({ length: last - first + 1 }, (_, i) => this.#block(path, first + i)));
    const bytes = new Uint8Array(end - offset);
    for (const [i, block] of blocks.entries()) {
      const place = (first + i) * BLOCK;
      bytes.set(block.subarray(Math.max(0, offset - place), end - place), Math.max(0, place - offset));
    }
    return bytes;
  }

  list = (folder?: string): Promise<StorageEntry[]> => this.#inner.list(folder);
  exists = (path: string): Promise<boolean> => this.#inner.exists(path);
  size = (path: string): Promise<number> => this.#inner.size(path);
  read = (path: string): Promise<Uint8Array> => this.#inner.read(path);
  write = (path: string, content: Uint8Array | string, options?: WriteOptions): Promise<void> =>
    this.#inner.write(path, content, options);
  rename = (from: string, to: string): Promise<void> => this.#inner.rename(from, to);
  openAppend = (path: string, options?: AppendOptions): Promise<AppendHandle> => this.#inner.openAppend(path, options);
  remove = (path: string): Promise<void> => this.#inner.remove(path);

  async close(): Promise<void> {
    this.#blocks.clear();
    this.#sizes.clear();
    await this.#inner.close();
  }

  #sizeOf(path: string): Promise<number> {
    const known = this.#sizes.get(path) ?? this.#inner.size(path);
    this.#sizes.set(path, known);
    known.catch(() => this.#sizes.delete(path));
    return known;
  }

  #block(path: string, index: number): Promise<Uint8Array> {
    const key = `${index}/${path}`;
    const known = this.#blocks.get(key);
    // Taken out and put in again: the map's order is the order of use.
    this.#blocks.delete(key);
    const block = known ?? this.#inner.readRange(path, index * BLOCK, BLOCK);
    this.#blocks.set(key, block);
    if (known === undefined) block.catch(() => this.#blocks.delete(key));
    if (this.#blocks.size > this.#keep) this.#blocks.delete(this.#blocks.keys().next().value!);
    return block;
  }
}
