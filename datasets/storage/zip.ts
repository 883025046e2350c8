import { type FileEntry, Reader, ZipReader } from '@zip.js/zip.js';
import { damageInWords } from '../../sim/damage.ts';
import { Refusal } from '../../sim/refusal.ts';
import { isAmong, listFolder } from './listing.ts';
import { filePath, missingFile, pathParts } from './path.ts';
import type { FileStorage } from './storage.ts';

/** An entry is unpacked whole, in memory; a larger one must be unpacked by its owner [bytes]. */
const LARGEST_ENTRY = 2 ** 30;
/** Unpacked entries that are kept for a moment, all together [bytes]. */
const KEPT = 256 * 2 ** 20;
/** What macOS adds to every zip: resource forks, no files of ours. */
const EXTRAS = /^__MACOSX\/|(^|\/)\.DS_Store$/;

/** Zip files begin with a first entry, or with their end when there is none. */
export function isZip(start: Uint8Array): boolean {
  return (
    start[0] === 0x50 && start[1] === 0x4b && ((start[2] === 3 && start[3] === 4) || (start[2] === 5 && start[3] === 6))
  );
}

/**
 * The files of a zip archive as a read-only storage.
 * @param storage holds the archive; closing the archive closes it
 * @throws Refusal `bad-zip` for damage, passwords, links and entries that lead out of the archive
 */
export async function openZip(
  storage: FileStorage,
  path: string,
  name = `${storage.name}/${path}`,
): Promise<FileStorage> {
  const size = await storage.size(path);
  const guarded = async <T>(where: string, job: () => Promise<T>): Promise<T> => {
    try {
      return await job();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw refusal(where, `the archive is damaged: ${damageInWords(error)}`, 'pack or download it again');
    }
  };
  const entries = await guarded(name, async () => {
    const reader = new ZipReader(new StorageReader(storage, path, size), {
      useWebWorkers: false,
      checkSignature: true,
    });
    return indexOf(name, await reader.getEntries());
  });
  const unpack = (clean: string, entry: FileEntry) =>
    guarded(`${name}/${clean}`, async () => {
      const bytes = new Uint8Array(entry.uncompressedSize);
      let filled = 0;
      const sink = new WritableStream<Uint8Array>({
        write(piece) {
          // An entry that lies about its size must not fill the memory.
          if (filled + piece.length > bytes.length) throw new Error('it unpacks to more than it says');
          bytes.set(piece, filled);
          filled += piece.length;
        },
      });
      await entry.getData(sink);
      if (filled === bytes.length) return bytes;
      throw new Error(`it unpacks to ${filled} instead of ${bytes.length} bytes`);
    });
  const kept = new Kept();
  const bytesOf = (file: string): Promise<Uint8Array> => {
    const clean = filePath(name, file);
    const entry = entries.get(clean);
    if (entry === undefined) throw missingFile(name, clean);
    return kept.get(clean, entry.uncompressedSize, () => unpack(clean, entry));
  };
  const readOnly = async (): Promise<never> => {
    throw new Error(`${name} is read-only`);
  };
  const part = (bytes: Uint8Array, offset: number, length: number) =>
    bytes.slice(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length));
  return {
    name,
    list: async (folder = '') =>
      listFolder(
        name,
        [...entries].map(([file, entry]) => [file, entry.uncompressedSize] as const),
        folder,
      ),
    exists: async (file) => isAmong(name, entries.keys(), file),
    async size(file) {
      const entry = entries.get(filePath(name, file));
      if (entry === undefined) throw missingFile(name, file);
      return entry.uncompressedSize;
    },
    read: async (file) => (await bytesOf(file)).slice(),
    readRange: async (file, offset, length) => part(await bytesOf(file), offset, length),
    async openBlocking(file) {
      const bytes = await bytesOf(file);
      return { size: bytes.length, read: (offset, length) => part(bytes, offset, length), close: async () => {} };
    },
    write: readOnly,
    rename: readOnly,
    openAppend: readOnly,
    remove: readOnly,
    close: () => storage.close(),
  };
}

function refusal(where: string, what: string, mend: string): Refusal {
  return new Refusal('bad-zip', where, what, mend);
}

/** The files of an archive by path. */
function indexOf(name: string, entries: Awaited<ReturnType<ZipReader<unknown>['getEntries']>>): Map<string, FileEntry> {
  const files = new Map<string, FileEntry>();
  for (const entry of entries) {
    // Some programs of Windows write its own separators.
    const path = entry.filename.replaceAll('\\', '/');
    if (EXTRAS.test(path)) continue;
    // An archive that tries to leave its folder is not one to trust in anything.
    const clean = pathParts(name, path).join('/');
    if (entry.directory || clean === '') continue;
    const where = `${name}/${clean}`;
    if (entry.symlink) throw refusal(where, 'it is a link', 'pack the files themselves');
    if (entry.encrypted) throw refusal(where, 'it has a password', 'pack it without one');
    if (entry.uncompressedSize > LARGEST_ENTRY)
      throw refusal(where, 'it is too large to be read inside a zip', 'unpack the zip');
    files.set(clean, entry as FileEntry);
  }
  return files;
}

/** Bytes of the archive as the library asks for them. */
class StorageReader extends Reader<FileStorage> {
  readonly #storage: FileStorage;
  readonly #path: string;

  constructor(storage: FileStorage, path: string, size: number) {
    super(storage);
    this.#storage = storage;
    this.#path = path;
    this.size = size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return this.#storage.readRange(this.#path, index, Math.max(0, Math.min(length, this.size - index)));
  }
}

/** Unpacked entries, the longest unused first. */
class Kept {
  readonly #entries = new Map<string, { readonly bytes: Promise<Uint8Array>; readonly size: number }>();
  #total = 0;

  get(path: string, size: number, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const held = this.#entries.get(path) ?? { bytes: make(), size };
    if (!this.#entries.delete(path)) {
      this.#total += size;
      held.bytes.catch(() => this.#drop(path));
    }
    this.#entries.set(path, held);
    for (const oldest of this.#entries.keys()) {
      if (this.#total <= KEPT || oldest === path) break;
      this.#drop(oldest);
    }
    return held.bytes;
  }

  #drop(path: string): void {
    this.#total -= this.#entries.get(path)?.size ?? 0;
    this.#entries.delete(path);
  }
}
