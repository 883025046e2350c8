/** Ends the names of files under way; one that stays was left behind by a process that was killed. */
export const TEMPORARY_NAME = /\.\d+-\d+\.tmp$/;

/** One entry of a folder. */
export interface StorageEntry {
  /** Name within its folder, without any slash. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** Size of a file [bytes]; 0 for a folder. */
  readonly size: number;
}

/** A file that only grows. Calls may overlap; bytes land in call order. */
export interface AppendHandle {
  /** Bytes in the file, counting everything that was handed to `append`. */
  readonly size: number;
  /** Appends `bytes` and resolves when the operating system has them, so that they outlive this process. */
  append(bytes: Uint8Array): Promise<void>;
  /** Replaces bytes that were appended before, e.g. a size that is known at the end only; absent where that is not possible. */
  patch?(offset: number, bytes: Uint8Array): Promise<void>;
  /** Asks the operating system to put everything appended on the disk, so that it outlives a power failure. */
  sync(): Promise<void>;
  /** Waits for what is under way, then closes. */
  close(): Promise<void>;
}

/** A file whose bytes are there at once, for parsers that cannot wait. Each read holds up the whole thread. */
export interface BlockingFile {
  readonly size: number;
  /** Bytes `offset` to `offset + length`, or fewer where the file ends earlier. */
  read(offset: number, length: number): Uint8Array;
  close(): Promise<void>;
}

/** How to write a file. */
export interface WriteOptions {
  /** Refuse (`file-exists`) when there is such a file already: of several who try at once one succeeds. */
  readonly exclusive?: boolean;
}

/** How to open a file for appending. */
export interface AppendOptions {
  /** Cut the file to this many bytes first: removes the half-written end that a crash left behind. */
  readonly truncateTo?: number;
}

/**
 * The files of one folder: all that `datasets` knows of a file system. Paths are relative to the folder, with forward
 * slashes. Absolute paths, `..`, drive letters, backslashes and links that lead out of the folder are refused.
 * @throws Refusal `bad-path` for such paths, `missing-file` where something is read that is not there
 */
export interface FileStorage {
  /** What a person calls the folder; starts the `where` of every refusal. */
  readonly name: string;
  /** Entries of a folder sorted by name (code units); links out of the folder are left out. */
  list(folder?: string): Promise<StorageEntry[]>;
  exists(path: string): Promise<boolean>;
  /** Size of a file [bytes]. */
  size(path: string): Promise<number>;
  /** All bytes of a file. The caller owns them. */
  read(path: string): Promise<Uint8Array>;
  /** Bytes `offset` to `offset + length`, or fewer where the file ends earlier. The caller owns them. */
  readRange(path: string, offset: number, length: number): Promise<Uint8Array>;
  /** Opens a file for reads that do not wait; absent where a storage cannot do that. */
  openBlocking?(path: string): Promise<BlockingFile>;
  /** Writes a whole file under a temporary name, then renames it; folders are made as needed. Text is UTF-8. */
  write(path: string, content: Uint8Array | string, options?: WriteOptions): Promise<void>;
  /** Gives a file another name in one step; a file that has it already is replaced. */
  rename(from: string, to: string): Promise<void>;
  /** Opens a file for appending, made when absent, with its folders. */
  openAppend(path: string, options?: AppendOptions): Promise<AppendHandle>;
  /** Removes a file, or a folder with all in it; nothing happens when it is absent. */
  remove(path: string): Promise<void>;
  /** Space that is left where the files go [bytes]; undefined, or the whole method absent, where nobody knows. */
  freeBytes?(): Promise<number | undefined>;
  /** Closes files that are kept open for speed. The storage stays usable. */
  close(): Promise<void>;
}
