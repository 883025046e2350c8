import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { damageInWords } from '../../../sim/damage.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';

export type ParquetRow = Record<string, unknown>;

/** A Parquet file, read in pieces. */
export interface ParquetFile {
  readonly rows: number;
  readonly columns: readonly string[];
  /** Whether the file says that values of a column of records are null, or of the named part of its records. */
  hasNulls(column: string, part: string): boolean;
  /** Rows `start` to `end` (exclusive) of some columns. */
  read(columns: readonly string[], start?: number, end?: number): Promise<ParquetRow[]>;
}

/** @throws Refusal `bad-recording` when it is no Parquet file */
export async function openParquet(storage: FileStorage, path: string): Promise<ParquetFile> {
  const where = `${storage.name}/${path}`;
  const byteLength = await storage.size(path);
  const file: AsyncBuffer = {
    byteLength,
    async slice(start, end = byteLength) {
      const bytes = await storage.readRange(path, start, Math.max(0, end - start));
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    },
  };
  const guarded = async <T>(job: () => Promise<T>): Promise<T> => {
    try {
      return await job();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new Refusal(
        'bad-recording',
        where,
        `the Parquet file cannot be read: ${damageInWords(error)}`,
        'restore the file',
      );
    }
  };
  const metadata: FileMetaData = await guarded(() => parquetMetadataAsync(file));
  const rows = Number(metadata.num_rows);
  // The root's children are those elements that are not inside another; a column's name is the first part of its path.
  const columns = [
    ...new Set(
      metadata.row_groups.flatMap((group) => group.columns.map((column) => column.meta_data?.path_in_schema[0] ?? '')),
    ),
  ];
  return {
    rows,
    columns,
    hasNulls: (column, part) =>
      metadata.row_groups.some((group) =>
        group.columns.some(({ meta_data }) => {
          const [first, last] = [meta_data?.path_in_schema[0], meta_data?.path_in_schema.at(-1)];
          return first === column && last === part && Number(meta_data?.statistics?.null_count ?? 0) > 0;
        }),
      ),
    read: (wanted, start = 0, end = rows) =>
      guarded(() =>
        parquetReadObjects({
          ...{ file, metadata, compressors, columns: [...wanted], rowStart: start, rowEnd: end },
          // Bytes that are not declared to be text are pictures.
          utf8: false,
        }),
      ) as Promise<ParquetRow[]>,
  };
}

/** A number from a Parquet value; NaN when it is none. */
export function asNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return Number.NaN;
}
