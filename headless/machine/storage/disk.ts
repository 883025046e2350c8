import { constants, readSync } from 'node:fs';
import {
  copyFile,
  type FileHandle,
  link,
  lstat,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { filePath, missingFile, pathParts, takenFile } from '../../../datasets/storage/path.ts';
import type {
  AppendHandle,
  AppendOptions,
  BlockingFile,
  FileStorage,
  StorageEntry,
  WriteOptions,
} from '../../../datasets/storage/storage.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { diskRefusal } from './disk-fault.ts';
import { makeFolder } from './make-folder.ts';
import { OpenFiles } from './open-files.ts';

const MAX_READ_BYTES = 2 ** 31 - 1;

/** A folder on this machine's disk as a storage. The folder itself may be a link; nothing in it may lead out of it. */
export class DiskStorage implements FileStorage {
  readonly name: string;
  readonly #root: string;
  /** Files held open for `readRange`. */
  readonly #open = new OpenFiles();
  #realRoot: Promise<string> | undefined;
  #temporary = 0;

  /** @param folder path of the folder, made at the first write when absent */
  constructor(folder: string, name: string = folder) {
    this.#root = resolve(folder);
    this.name = name;
  }

  async list(folder = ''): Promise<StorageEntry[]> {
    const path = await this.#inside(pathParts(this.name, folder).join('/'));
    const found = await readdir(path, { withFileTypes: true }).catch((error) => this.#fail(error, folder));
    const entries: StorageEntry[] = [];
    for (const entry of found) {
      const full = join(path, entry.name);
      if (entry.isSymbolicLink() && !(await this.#leadsInside(full))) continue;
      const about = await stat(full).catch(() => undefined);
      if (about === undefined || !(about.isFile() || about.isDirectory())) continue;
      const isFile = about.isFile();
      entries.push({ name: entry.name, kind: isFile ? 'file' : 'folder', size: isFile ? about.size : 0 });
    }
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async exists(path: string): Promise<boolean> {
    const full = await this.#inside(pathParts(this.name, path).join('/'));
    return stat(full).then(
      () => true,
      () => false,
    );
  }

  async size(path: string): Promise<number> {
    const full = await this.#inside(filePath(this.name, path));
    const about = await stat(full).catch((error) => this.#fail(error, path));
    if (!about.isFile()) throw missingFile(this.name, path);
    return about.size;
  }

  async read(path: string): Promise<Uint8Array> {
    const handle = await this.#openFile(filePath(this.name, path));
    try {
      const { size } = await handle.stat();
      if (size > MAX_READ_BYTES) {
        throw new Refusal('file-too-large', `${this.name}/${path}`, `${size} bytes are too many at once`, 'split it');
      }
      return await readBytes(handle, 0, size);
    } finally {
      await handle.close();
    }
  }

  async readRange(path: string, offset: number, length: number): Promise<Uint8Array> {
    const clean = filePath(this.name, path);
    return this.#open.read(
      join(this.#root, clean),
      () => this.#openFile(clean),
      (handle) => readBytes(handle, offset, length),
    );
  }

  async openBlocking(path: string): Promise<BlockingFile> {
    const handle = await this.#openFile(filePath(this.name, path));
    return {
      size: (await handle.stat()).size,
      read(offset, length) {
        const bytes = new Uint8Array(length);
        let done = 0;
        while (done < length) {
          const count = readSync(handle.fd, bytes, done, length - done, offset + done);
          if (count === 0) return bytes.subarray(0, done);
          done += count;
        }
        return bytes;
      },
      close: () => handle.close(),
    };
  }

  async write(path: string, content: Uint8Array | string, { exclusive = false }: WriteOptions = {}): Promise<void> {
    const full = await this.#forWriting(filePath(this.name, path));
    // As `TEMPORARY_NAME` knows it.
    const temporary = `${full}.${process.pid}-${this.#temporary++}.tmp`;
    try {
      await writeFile(temporary, content);
      if (exclusive) await linkAnew(temporary, full);
      else await rename(temporary, full);
    } catch (error) {
      this.#fail(error, path);
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
    await this.#open.forget(full);
  }

  async rename(from: string, to: string): Promise<void> {
    const source = await this.#inside(filePath(this.name, from));
    const target = await this.#forWriting(filePath(this.name, to));
    await this.#open.forget(source);
    await rename(source, target).catch((error) => this.#fail(error, from));
    await this.#open.forget(target);
  }

  async openAppend(path: string, options: AppendOptions = {}): Promise<AppendHandle> {
    const full = await this.#forWriting(filePath(this.name, path));
    const handle = await open(full, 'a').catch((error) => this.#fail(error, path));
    if (options.truncateTo !== undefined && (await handle.stat()).size > options.truncateTo) {
      await handle.truncate(options.truncateTo);
    }
    let size = (await handle.stat()).size;
    let last: Promise<unknown> = Promise.resolve();
    const inOrder = <T>(job: () => Promise<T>): Promise<T> => {
      const next = last.then(job);
      last = next.catch(() => undefined);
      return next.catch((error) => this.#fail(error, path));
    };
    return {
      get size() {
        return size;
      },
      append(bytes) {
        size += bytes.length;
        return inOrder(() => handle.writeFile(bytes));
      },
      // What is opened for appending writes at the end only.
      patch: (offset, bytes) =>
        inOrder(async () => {
          const anywhere = await open(full, 'r+');
          await anywhere.write(bytes, 0, bytes.length, offset).finally(() => anywhere.close());
        }),
      // Out of line: an append must not wait for the disk.
      sync: () => handle.datasync().catch((error) => this.#fail(error, path)),
      close: () => inOrder(() => handle.close()),
    };
  }

  async remove(path: string): Promise<void> {
    const clean = filePath(this.name, path);
    // A link is removed itself, never what it leads to: check the folder that holds it.
    await this.#inside(clean.split('/').slice(0, -1).join('/'));
    const full = join(this.#root, clean);
    await this.close();
    await rm(full, { recursive: true, force: true });
  }

  async freeBytes(): Promise<number | undefined> {
    const about = await statfs(this.#root).catch(() => undefined);
    return about && about.bavail * about.bsize;
  }

  close(): Promise<void> {
    return this.#open.forgetAll();
  }

  /** The full path, refused when it (or its nearest ancestor that exists) really lies outside the folder. */
  async #inside(clean: string): Promise<string> {
    const full = join(this.#root, clean);
    const parts = clean === '' ? [] : clean.split('/');
    for (let depth = parts.length; depth > 0; depth--) {
      const ancestor = join(this.#root, ...parts.slice(0, depth));
      const present = await lstat(ancestor).catch(() => undefined);
      if (present === undefined) continue;
      if (!(await this.#leadsInside(ancestor))) {
        throw new Refusal(
          'bad-path',
          `${this.name}/${clean}`,
          'a link leads out of the folder or nowhere',
          'put the file itself into the folder',
        );
      }
      break;
    }
    return full;
  }

  async #leadsInside(path: string): Promise<boolean> {
    this.#realRoot ??= realpath(this.#root);
    const root = await this.#realRoot.catch((error) => {
      this.#realRoot = undefined;
      return this.#fail(error, '');
    });
    const real = await realpath(path).catch(() => undefined);
    return real !== undefined && (real === root || real.startsWith(root.endsWith(sep) ? root : root + sep));
  }

  async #forWriting(clean: string): Promise<string> {
    const full = await this.#inside(clean);
    await makeFolder(join(full, '..')).catch((error) => this.#fail(error, clean));
    return full;
  }

  async #openFile(clean: string): Promise<FileHandle> {
    const full = await this.#inside(clean);
    // Without O_NONBLOCK a named pipe in the folder would hang the open for ever.
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
    const handle = await open(full, flags).catch((error) => this.#fail(error, clean));
    if (!(await handle.stat()).isFile()) {
      await handle.close();
      throw missingFile(this.name, clean);
    }
    return handle;
  }

  #fail(error: unknown, path: string): never {
    if (error instanceof Refusal) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const where = path === '' ? this.name : `${this.name}/${path}`;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR')
      throw missingFile(this.name, path || basename('.'));
    if (code === 'EEXIST') throw takenFile(this.name, path);
    throw diskRefusal(error, where) ?? error;
  }
}

/** Gives a file a second name, which must be free. Disks without links (exFAT) get a copy, which is not there in one step. */
async function linkAnew(file: string, name: string): Promise<void> {
  await link(file, name).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw error;
    await copyFile(file, name, constants.COPYFILE_EXCL);
  });
}

async function readBytes(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) return bytes.slice(0, done);
    done += bytesRead;
  }
  return bytes;
}
