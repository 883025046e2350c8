import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { AppendHandle } from '../../storage/storage.ts';
import { parquetData, parquetSchema, type TableShape } from './parquet-tables.ts';

/** Rows that are written at once; as many are held in memory. */
const ROW_GROUP = 10_000;

/** A Parquet file that is written while its rows come. */
export class ParquetStream {
  rows = 0;
  readonly #shape: readonly TableShape[];
  readonly #file: AppendHandle;
  readonly #writer: ParquetWriter;
  #waiting: unknown[][];

  /** @param file an empty one; it is closed at the end */
  constructor(shape: readonly TableShape[], file: AppendHandle) {
    this.#shape = shape;
    this.#file = file;
    this.#writer = new ParquetWriter({ writer: new AppendingWriter(file), schema: parquetSchema(shape) });
    this.#waiting = shape.map(() => []);
  }

  /** Size so far [bytes]; rows that wait count as much as plain numbers take. */
  get bytes(): number {
    const waiting = this.#waiting[0]!.length;
    const numbers = this.#shape.reduce((sum, { length = 1 }) => sum + length, 0);
    return this.#file.size + 8 * waiting * numbers;
  }

  /** @param row a value for each column */
  async add(row: readonly unknown[]): Promise<void> {
    row.forEach((value, column) => {
      this.#waiting[column]!.push(value);
    });
    this.rows++;
    if (this.#waiting[0]!.length === ROW_GROUP) await this.#write();
  }

  async finish(): Promise<void> {
    await this.#write();
    await this.#writer.finish();
    await this.#file.close();
  }

  cancel(): Promise<void> {
    return this.#file.close();
  }

  async #write(): Promise<void> {
    const count = this.#waiting[0]!.length;
    if (count === 0) return;
    const columns = this.#shape.map((shape, column) => ({ ...shape, data: this.#waiting[column]! }));
    this.#waiting = this.#shape.map(() => []);
    await this.#writer.write({ columnData: parquetData(columns), rowGroupSize: count });
  }
}

/** Hands over what it has whenever a row group is full. */
class AppendingWriter extends ByteWriter {
  readonly #file: AppendHandle;

  constructor(file: AppendHandle) {
    super();
    this.#file = file;
  }

  flush(): Promise<void> {
    const bytes = this.getBytes().slice();
    this.index = 0;
    return this.#file.append(bytes);
  }

  override finish(): Promise<void> {
    return this.flush();
  }
}
