import type { FileStorage } from '../../storage/storage.ts';
import { type FilePlace, isFull, placeOf } from './file-places.ts';
import { fillPath } from './info.ts';
import { ParquetStream } from './parquet-stream.ts';
import type { TableShape } from './parquet-tables.ts';

export const DATA_PATH = 'data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet';

/** The data files of a set under way: rows go into one until it is full. */
export class DataFiles {
  readonly #storage: FileStorage;
  readonly #shape: readonly TableShape[];
  readonly #limit: number;
  #number = -1;
  #file: ParquetStream | undefined;

  /** @param limit most bytes in a file, unless a single episode is larger */
  constructor(storage: FileStorage, shape: readonly TableShape[], limit: number) {
    this.#storage = storage;
    this.#shape = shape;
    this.#limit = limit;
  }

  /** @param samples of the episode, as far as is known @returns where the episode lies */
  async begin(samples: number): Promise<FilePlace> {
    const file = this.#file;
    if (file === undefined || isFull({ samples: file.rows, bytes: file.bytes }, samples, this.#limit)) {
      await file?.finish();
      const path = fillPath(DATA_PATH, { ...placeOf(++this.#number) });
      this.#file = new ParquetStream(this.#shape, await this.#storage.openAppend(path));
    }
    return placeOf(this.#number);
  }

  add(row: readonly unknown[]): Promise<void> {
    return this.#file!.add(row);
  }

  async finish(): Promise<void> {
    await this.#file?.finish();
  }

  async cancel(): Promise<void> {
    await this.#file?.cancel();
  }
}
