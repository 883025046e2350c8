import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileStorage } from '../../../../datasets/storage/storage.ts';
import { COLLECTIONS, type Collection } from '../../../../host-api/contract.ts';
import { checkId, idFromName, isId } from '../../../../host-api/names.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { DiskStorage } from '../../../machine/storage/disk.ts';
import { onDisk } from '../../../machine/storage/disk-fault.ts';

/** Storages that are kept, each with a few open files. */
const MAX_KEPT = 16;
/** A draft older than this was left behind by a host that was killed [ms]. */
const DRAFT_LIFETIME = 24 * 3600 * 1000;

export interface LibraryOptions {
  /** Models that come with Wheelhouse: folder by id. They can be read, and nothing else. */
  readonly builtinModels?: Readonly<Record<string, string>>;
}

/**
 * A folder with recordings, models, runs and evaluations, each thing a folder named by its id. Things appear and
 * vanish whole: they are put together as drafts and renamed into place.
 */
export class Library {
  readonly folder: string;
  readonly builtinModels: Readonly<Record<string, string>>;
  readonly #kept = new Map<string, DiskStorage>();
  readonly #drafts = new Set<string>();

  private constructor(folder: string, options: LibraryOptions) {
    this.folder = path.resolve(folder);
    this.builtinModels = options.builtinModels ?? {};
  }

  /**
   * Opens the library, made when absent.
   * @throws Refusal `bad-library` when the folder cannot be had
   */
  static async open(folder: string, options: LibraryOptions = {}): Promise<Library> {
    const library = new Library(folder, options);
    for (const collection of COLLECTIONS) {
      await mkdir(path.join(library.folder, collection), { recursive: true }).catch((error: Error) => {
        throw new Refusal('bad-library', folder, error.message, 'name another folder with --library');
      });
    }
    await library.#sweepDrafts();
    return library;
  }

  /** Ids of a collection, sorted; folders with other names are left out. */
  async ids(collection: Collection): Promise<string[]> {
    const entries = await readdir(path.join(this.folder, collection), { withFileTypes: true }).catch(() => []);
    const ids = new Set(entries.filter((entry) => entry.isDirectory() && isId(entry.name)).map((entry) => entry.name));
    if (collection === 'models') for (const id of Object.keys(this.builtinModels)) ids.add(id);
    return [...ids].sort();
  }

  isBuiltin(collection: Collection, id: string): boolean {
    return collection === 'models' && Object.hasOwn(this.builtinModels, id);
  }

  /**
   * The files of one thing.
   * @throws Refusal `bad-id`, `not-found`
   */
  async files(collection: Collection, id: string): Promise<FileStorage> {
    const folder = this.pathOf(collection, id);
    if (!(await isFolder(folder))) throw notFound(collection, id);
    const kept = this.#kept.get(folder) ?? new DiskStorage(folder, `${collection}/${id}`);
    this.#kept.delete(folder);
    this.#kept.set(folder, kept);
    if (this.#kept.size > MAX_KEPT) await this.#forget(this.#kept.keys().next().value!);
    return kept;
  }

  /** The folder of one thing, there or not. @throws Refusal `bad-id` */
  pathOf(collection: Collection, id: string): string {
    checkId(singular(collection), id);
    if (this.isBuiltin(collection, id)) return this.builtinModels[id]!;
    return path.join(this.folder, collection, id);
  }

  /** Makes an empty folder in a collection, its id made from the name, and returns the id. */
  async create(collection: Collection, name: string): Promise<string> {
    for (let number = 1; ; number++) {
      const id = numbered(idFromName(name, singular(collection)), number);
      if (this.isBuiltin(collection, id)) continue;
      try {
        await onDisk(this.folder, () => mkdir(path.join(this.folder, collection, id)));
        return id;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }

  /** An empty folder to put a thing together in. */
  async createDraft(): Promise<string> {
    const id = `draft-${randomBytes(9).toString('hex')}`;
    await onDisk(this.folder, () => mkdir(path.join(this.folder, 'drafts', id)));
    this.#drafts.add(id);
    return id;
  }

  /**
   * Makes a draft a thing of a collection.
   * @param wanted its id; when absent one is made from `name`
   * @returns the id it has got
   * @throws Refusal `not-found`, `id-taken`, `read-only`
   */
  async publish(
    draft: string,
    collection: Collection,
    name: string,
    wanted?: string,
    replace = false,
  ): Promise<string> {
    const source = this.pathOf('drafts', draft);
    if (!(await isFolder(source))) throw notFound('drafts', draft);
    await this.#forget(source);
    const base = wanted ?? idFromName(name, singular(collection));
    for (let number = 1; ; number++) {
      const id = wanted === undefined && !replace ? numbered(base, number) : base;
      if (this.isBuiltin(collection, id)) {
        if (wanted === undefined && !replace) continue;
        throw readOnly(collection, id);
      }
      const target = this.pathOf(collection, id);
      if (replace) await this.#moveAside(target);
      try {
        // A rename onto a folder that holds files fails, so nothing is ever replaced unasked.
        if (await isFolder(target)) throw Object.assign(new Error(), { code: 'EEXIST' });
        await rename(source, target);
        this.#drafts.delete(draft);
        return id;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'EEXIST' && code !== 'ENOTEMPTY' && code !== 'EPERM') throw error;
        if (wanted !== undefined || replace) {
          throw new Refusal('id-taken', `${singular(collection)} ${id}`, 'it exists already', 'choose another name');
        }
      }
    }
  }

  /** Deletes a thing. @throws Refusal `not-found`, `read-only` */
  async remove(collection: Collection, id: string): Promise<void> {
    if (this.isBuiltin(collection, id)) throw readOnly(collection, id);
    const target = this.pathOf(collection, id);
    if (!(await isFolder(target))) throw notFound(collection, id);
    await this.#moveAside(target);
    this.#drafts.delete(id);
  }

  /** Closes files and deletes the drafts that were begun here and never used. */
  async close(): Promise<void> {
    for (const folder of [...this.#kept.keys()]) await this.#forget(folder);
    for (const draft of this.#drafts) {
      await rm(path.join(this.folder, 'drafts', draft), { recursive: true, force: true });
    }
    this.#drafts.clear();
  }

  /** Renames first, so that a deletion that is cut short leaves nothing half there. */
  async #moveAside(folder: string): Promise<void> {
    await this.#forget(folder);
    const aside = path.join(this.folder, 'drafts', `deleted-${randomBytes(9).toString('hex')}`);
    try {
      await rename(folder, aside);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    await rm(aside, { recursive: true, force: true });
  }

  async #forget(folder: string): Promise<void> {
    const kept = this.#kept.get(folder);
    this.#kept.delete(folder);
    await kept?.close();
  }

  async #sweepDrafts(): Promise<void> {
    const folder = path.join(this.folder, 'drafts');
    for (const name of await readdir(folder)) {
      const draft = path.join(folder, name);
      const about = await stat(draft).catch(() => undefined);
      if (about === undefined || !isId(name) || Date.now() - about.mtimeMs < DRAFT_LIFETIME) continue;
      await rm(draft, { recursive: true, force: true });
    }
  }
}

/** What one thing of a collection is called. */
export function singular(collection: Collection): string {
  return collection.replace(/s$/, '');
}

export function readOnly(collection: Collection, id: string): Refusal {
  return new Refusal('read-only', `${singular(collection)} ${id}`, 'it cannot be changed', 'make a new one instead');
}

function notFound(collection: Collection, id: string): Refusal {
  return new Refusal('not-found', `${singular(collection)} ${id}`, 'there is none', 'choose one from the list');
}

function numbered(id: string, number: number): string {
  return number === 1 ? id : `${id}-${number}`;
}

/** Whether it is a folder itself; a link to one would lead out of the library. */
async function isFolder(folder: string): Promise<boolean> {
  return lstat(folder).then(
    (about) => about.isDirectory(),
    () => false,
  );
}
