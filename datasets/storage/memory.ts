import { isAmong, listFolder } from './listing.ts';
import { filePath, missingFile, takenFile } from './path.ts';
import type { AppendHandle, BlockingFile, FileStorage, StorageEntry, WriteOptions } from './storage.ts';

/** Bytes of one file with room to grow, so that many small appends stay linear. */
class GrowingBytes {
  bytes: Uint8Array;
  size: number;

  constructor(content: Uint8Array) {
    this.bytes = content.slice();
    this.size = content.length;
  }

  append(content: Uint8Array): void {
    if (this.size + content.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.size + content.length, 1024));
      larger.set(this.bytes.subarray(0, this.size));
      this.bytes = larger;
    }
    this.bytes.set(content, this.size);
    this.size += content.length;
  }
}

/** A storage that lives in memory: for tests, and for recordings that came in through a browser's file picker. */
export class MemoryStorage implements FileStorage {
  readonly name: string;
  readonly #files = new Map<string, GrowingBytes>();

  /** @param files contents by path; text is stored as UTF-8 */
  constructor(name = 'memory', files: Readonly<Record<string, Uint8Array | string>> = {}) {
    this.name = name;
    for (const [path, content] of Object.entries(files)) this.#put(filePath(name, path), content);
  }

  async list(folder = ''): Promise<StorageEntry[]> {
    return listFolder(this.name, this.#sizes(), folder);
  }

  async exists(path: string): Promise<boolean> {
    return isAmong(this.name, this.#files.keys(), path);
  }

  async size(path: string): Promise<number> {
    return this.#get(path).size;
  }

  async read(path: string): Promise<Uint8Array> {
    const file = this.#get(path);
    return file.bytes.slice(0, file.size);
  }

  async readRange(path: string, offset: number, length: number): Promise<Uint8Array> {
    const file = this.#get(path);
    return file.bytes.slice(Math.min(offset, file.size), Math.min(offset + length, file.size));
  }

  async openBlocking(path: string): Promise<BlockingFile> {
    const { bytes, size } = this.#get(path);
    return {
      size,
      read: (offset, length) => bytes.slice(Math.min(offset, size), Math.min(offset + length, size)),
      async close() {},
    };
  }

  async write(path: string, content: Uint8Array | string, { exclusive = false }: WriteOptions = {}): Promise<void> {
    const clean = filePath(this.name, path);
    if (exclusive && this.#files.has(clean)) throw takenFile(this.name, clean);
    this.#put(clean, content);
  }

  async rename(from: string, to: string): Promise<void> {
    const file = this.#get(from);
    this.#files.delete(filePath(this.name, from));
    this.#files.set(filePath(this.name, to), file);
  }

  async openAppend(path: string, options: { truncateTo?: number } = {}): Promise<AppendHandle> {
    const clean = filePath(this.name, path);
    const file = this.#files.get(clean) ?? new GrowingBytes(new Uint8Array());
    this.#files.set(clean, file);
    if (options.truncateTo !== undefined) file.size = Math.min(file.size, options.truncateTo);
    return {
      get size() {
        return file.size;
      },
      async append(bytes) {
        file.append(bytes);
      },
      async patch(offset, bytes) {
        file.bytes.set(bytes, offset);
      },
      async sync() {},
      async close() {},
    };
  }

  async remove(path: string): Promise<void> {
    const clean = filePath(this.name, path);
    for (const other of [...this.#files.keys()]) {
      if (other === clean || other.startsWith(`${clean}/`)) this.#files.delete(other);
    }
  }

  async close(): Promise<void> {}

  *#sizes(): Generator<readonly [string, number]> {
    for (const [path, { size }] of this.#files) yield [path, size];
  }

  #put(path: string, content: Uint8Array | string): void {
    this.#files.set(path, new GrowingBytes(typeof content === 'string' ? new TextEncoder().encode(content) : content));
  }

  #get(path: string): GrowingBytes {
    const clean = filePath(this.name, path);
    const file = this.#files.get(clean);
    if (file === undefined) throw missingFile(this.name, clean);
    return file;
  }
}
