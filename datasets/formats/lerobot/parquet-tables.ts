import type { SchemaElement } from 'hyparquet';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';

/** A column: numbers, texts, or a list of either per row. */
export interface TableShape {
  readonly name: string;
  readonly type: 'float' | 'double' | 'int64' | 'string';
  /** For a list, how long it usually is. */
  readonly length?: number;
}

/** A column to be written. */
export interface TableColumn extends TableShape {
  readonly data: readonly unknown[];
}

const ELEMENTS: Record<TableColumn['type'], Omit<SchemaElement, 'name'>> = {
  float: { type: 'FLOAT' },
  double: { type: 'DOUBLE' },
  int64: { type: 'INT64' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};

/** The schema of a file with these columns. */
export function parquetSchema(columns: readonly TableShape[]): SchemaElement[] {
  const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }];
  for (const { name, type, length } of columns) {
    if (length === undefined) {
      schema.push({ name, repetition_type: 'OPTIONAL', ...ELEMENTS[type] });
      continue;
    }
    schema.push({ name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' });
    schema.push({ name: 'list', repetition_type: 'REPEATED', num_children: 1 });
    schema.push({ name: 'element', repetition_type: 'OPTIONAL', ...ELEMENTS[type] });
  }
  return schema;
}

/** Columns as the writer takes them. Integers are written as 64 bits, as the index columns of LeRobot must be. */
export function parquetData(columns: readonly TableColumn[]): ColumnSource[] {
  return columns.map(({ name, type, data }) => ({
    name,
    data: type === 'int64' ? data.map((value) => BigInt(value as number)) : [...data],
  }));
}

/** A Parquet file in memory. */
export function writeTable(
  columns: readonly TableColumn[],
  kvMetadata: { key: string; value: string }[] = [],
): Uint8Array {
  const options = { columnData: parquetData(columns), schema: parquetSchema(columns), kvMetadata };
  return new Uint8Array(parquetWriteBuffer(options));
}

/** What pandas must be told so that the texts of `tasks.parquet` become its index and not a column. */
export function tasksTable(tasks: readonly string[]): Uint8Array {
  const column = (name: string, pandas_type: string, numpy_type: string) => ({
    name,
    field_name: name,
    pandas_type,
    numpy_type,
    metadata: null,
  });
  const pandas = {
    index_columns: ['task'],
    column_indexes: [],
    pandas_version: '2.0.0',
    creator: { library: 'wheelhouse', version: '1' },
    columns: [column('task_index', 'int64', 'int64'), column('task', 'unicode', 'object')],
  };
  return writeTable(
    [
      { name: 'task_index', type: 'int64', data: tasks.map((_, i) => i) },
      { name: 'task', type: 'string', data: tasks },
    ],
    [{ key: 'pandas', value: JSON.stringify(pandas) }],
  );
}
