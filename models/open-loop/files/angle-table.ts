import type { Unit } from '../../../datasets/formats/columns/units.ts';
import { chooseColumn } from './choose-column.ts';
import type { Side } from './column-names.ts';
import { type FrameKeys, findKeys } from './frame-keys.ts';
import { columnsOf, type TableColumns } from './table-columns.ts';

/** One column of angles in a table, and what its rows are known by. */
export interface AngleColumn {
  /** Name of the file, for messages. */
  readonly path: string;
  /** Header of the column, or its number from 1 in a file without a header. */
  readonly name: string;
  /** As stored; NaN in rows without one. */
  readonly angles: Float64Array;
  /** The unit that the header says; undefined where it says none. */
  readonly unit: Unit | undefined;
  readonly keys: FrameKeys;
  /** Line of each row in the file, from 1. */
  readonly lines: readonly number[];
  /** What the cell of a row without an angle holds. */
  cell(row: number): string;
  /** Other columns of numbers that may be angles too, by name. */
  readonly others: readonly string[];
}

/**
 * Reads a column of angles from a table.
 * @param text of the file
 * @param path its name, for messages
 * @param side whose angles are sought
 * @param wanted header of the column or its number from 1; without it the column is found by what the names say
 * @throws Refusal when the column is not there or not clear
 */
export function readAngleTable(text: string, path: string, side: Side, wanted?: string): AngleColumn {
  const table = columnsOf(text, path);
  const { header, names, body } = table;
  const number = chooseColumn(table, side, wanted);
  const cell = (row: number) => body[row]!.fields[number] ?? '';
  return {
    path,
    name: header[number]!,
    angles: Float64Array.from(body, (_, row) => table.number(cell(row))),
    unit: names[number]!.unit,
    keys: findKeys(table, number),
    lines: body.map(({ line }) => line),
    cell,
    others: candidates(table).filter((name) => name !== header[number]),
  };
}

/** Names of the columns that hold numbers and are nothing else by their names. */
function candidates({ header, names, body, number }: TableColumns): string[] {
  const other = (i: number) => ['steering', 'value', undefined].includes(names[i]!.holds);
  const isNumeric = (i: number) => body.slice(0, 100).some(({ fields }) => Number.isFinite(number(fields[i] ?? '')));
  return header.filter((_, i) => other(i) && isNumeric(i));
}
