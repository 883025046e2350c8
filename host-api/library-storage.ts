import { filePath, missingFile, pathParts } from '../datasets/storage/path.ts';
import type {
  AppendHandle,
  AppendOptions,
  FileStorage,
  StorageEntry,
  WriteOptions,
} from '../datasets/storage/storage.ts';
import { type Collection, doneSchema, fileListSchema, fileSizeSchema, MAX_FILE_BODY, spaceSchema } from './contract.ts';
import { addressOf, ask, askJson, type Fetch, HostRefusal } from './request.ts';

/**
 * The files of one thing in the library, reached through the host API: a recording, a model, a run, an evaluation or a
 * draft. Readers and writers of recordings run on it in a page as they do on a disk in Node.
 */
export class LibraryStorage implements FileStorage {
  readonly name: string;
  readonly #fetch: Fetch;
  readonly #base: string;
  readonly #thing: string;
  readonly #path: string;

  /**
   * @param fetch `fetch`, or a handler
   * @param base address of the host, e.g. `location.origin`
   */
  constructor(fetch: Fetch, base: string, collection: Collection, id: string) {
    this.#fetch = fetch;
    this.#base = base;
    this.#thing = `/${collection}/${encodeURIComponent(id)}`;
    this.#path = `${this.#thing}/files`;
    this.name = `${collection}/${id}`;
  }

  async list(folder = ''): Promise<StorageEntry[]> {
    const path = pathParts(this.name, folder).join('/');
    const query = path === '' ? '' : `?folder=${encodeURIComponent(path)}`;
    return (await this.#json(`${this.#path}${query}`, fileListSchema, {}, folder)).entries;
  }

  async exists(path: string): Promise<boolean> {
    return pathParts(this.name, path).length === 0 || (await this.#entry(path)) !== undefined;
  }

  async size(path: string): Promise<number> {
    const response = await this.#bytes(path, { method: 'HEAD' });
    return Number(response.headers.get('content-length'));
  }

  async read(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#bytes(path)).arrayBuffer());
  }

  async readRange(path: string, offset: number, length: number): Promise<Uint8Array> {
    if (length <= 0) return new Uint8Array();
    const headers = { range: `bytes=${offset}-${offset + length - 1}` };
    try {
      const response = await this.#bytes(path, { headers });
      return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      if (error instanceof HostRefusal && error.code === 'bad-range') return new Uint8Array();
      throw error;
    }
  }

  async write(path: string, content: Uint8Array | string, { exclusive = false }: WriteOptions = {}): Promise<void> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    if (!exclusive && bytes.length > MAX_FILE_BODY) return this.#writeInPieces(path, bytes);
    await this.#put(path, 'PUT', exclusive ? '?exclusive=true' : '', bytes);
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#put(to, 'PUT', `?from=${encodeURIComponent(filePath(this.name, from))}`, new Uint8Array());
  }

  async openAppend(path: string, options: AppendOptions = {}): Promise<AppendHandle> {
    let size = (await this.#entry(path))?.size ?? 0;
    const { truncateTo } = options;
    if (truncateTo !== undefined && truncateTo < size) {
      size = await this.#put(path, 'POST', `?offset=${truncateTo}&truncate=true`, new Uint8Array());
    } else if (size === 0) {
      size = await this.#put(path, 'POST', '?offset=0', new Uint8Array());
    }
    let last: Promise<unknown> = Promise.resolve();
    return {
      get size() {
        return size;
      },
      append: (bytes) => {
        const offset = size;
        size += bytes.length;
        const next = last.then(() => this.#appendAt(path, offset, bytes));
        last = next.catch(() => undefined);
        return next;
      },
      // The host hands every append to its operating system at once, and puts it on the disk by itself.
      sync: async () => {
        await last;
      },
      close: async () => {
        await last;
      },
    };
  }

  async remove(path: string): Promise<void> {
    const address = `${this.#path}/${addressOf(filePath(this.name, path))}`;
    await askJson(this.#fetch, this.#base, address, doneSchema, { method: 'DELETE' });
  }

  async freeBytes(): Promise<number | undefined> {
    return (await askJson(this.#fetch, this.#base, `${this.#thing}/space`, spaceSchema)).free ?? undefined;
  }

  async close(): Promise<void> {}

  async #appendAt(path: string, offset: number, bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; done += MAX_FILE_BODY) {
      await this.#put(path, 'POST', `?offset=${offset + done}`, bytes.subarray(done, done + MAX_FILE_BODY));
    }
  }

  async #writeInPieces(path: string, bytes: Uint8Array): Promise<void> {
    // As `TEMPORARY_NAME` knows it.
    const temporary = `${path}.${Date.now()}-${Math.floor(1e9 * Math.random())}.tmp`;
    await this.#put(temporary, 'PUT', '', new Uint8Array());
    await this.#appendAt(temporary, 0, bytes);
    await this.rename(temporary, path);
  }

  async #put(path: string, method: string, query: string, bytes: Uint8Array): Promise<number> {
    const response = await this.#bytes(
      path,
      {
        method,
        body: bytes as Uint8Array<ArrayBuffer>,
        headers: { 'content-type': 'application/octet-stream' },
      },
      query,
    );
    return fileSizeSchema.parse(await response.json()).size;
  }

  async #bytes(path: string, init: RequestInit = {}, query = ''): Promise<Response> {
    const clean = filePath(this.name, path);
    try {
      return await ask(this.#fetch, this.#base, `${this.#path}/${addressOf(clean)}${query}`, init);
    } catch (error) {
      throw this.#renamed(error, clean);
    }
  }

  async #json<S extends Parameters<typeof askJson>[3]>(
    address: string,
    schema: S,
    init: Parameters<typeof askJson>[4],
    path: string,
  ) {
    try {
      return await askJson<S>(this.#fetch, this.#base, address, schema, init);
    } catch (error) {
      throw this.#renamed(error, path);
    }
  }

  /** What lies at a path. The folder is asked, since browsers complain aloud about every file that is not found. */
  async #entry(path: string): Promise<StorageEntry | undefined> {
    const parts = filePath(this.name, path).split('/');
    const name = parts.pop()!;
    try {
      return (await this.list(parts.join('/'))).find((entry) => entry.name === name);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** The answer to a `HEAD` has no body that could say what is missing. */
  #renamed(error: unknown, path: string): unknown {
    const isMissing = error instanceof HostRefusal && error.status === 404 && error.code !== 'not-found';
    return isMissing ? missingFile(this.name, path) : error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'missing-file';
}
