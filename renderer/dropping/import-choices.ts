import { signal } from '@preact/signals';
import { z } from 'zod';
import { type ColumnReadings, columnReadingsSchema } from '../../datasets/formats/columns/readings.ts';
import { type TableStart, tablesIn } from '../../datasets/formats/picture-table/find-table.ts';
import { MemoryStorage } from '../../datasets/storage/memory.ts';
import { preference } from '../shell/preferences.ts';
import type { DroppedThing } from './dropped-files.ts';

/** How imports of this browser are done; kept from one to the next. */
export const importChoices = preference(
  'import-choices',
  z.object({ pictures: z.enum(['keep', 'jpeg', 'png']), skipBad: z.boolean() }),
  { pictures: 'keep', skipBad: true },
);

/** How a person said that tables are to be read, by their header. */
const readingsOfTables = preference('table-columns', z.record(z.string(), columnReadingsSchema), {});

/** Tables that are remembered at most; the oldest is forgotten. */
const REMEMBERED = 20;

/** A table of which nobody has said yet what its columns hold. */
export interface AskedTable {
  readonly thing: DroppedThing;
  readonly table: TableStart;
  /** Why it could not be read without being asked for. */
  readonly why: string;
}

/** The table whose columns the page asks for now. */
export const askedTable = signal<AskedTable | null>(null);

/** Refusals that naming columns mends. */
const MENDED_BY_COLUMNS = ['unknown-format', 'bad-columns', 'unknown-column', 'unclear-unit', 'unclear-table'];

/** Bytes that show a table's header and first rows. */
const START = 16_384;

/** The tables at the top of what was dropped, as their first lines show them. */
async function tablesOf({ files }: DroppedThing): Promise<TableStart[]> {
  const storage = new MemoryStorage('dropped');
  for (const { path, file } of files) {
    if (!/^[^/]+\.(?:csv|tsv|tab|txt)$/i.test(path)) continue;
    await storage.write(path, new Uint8Array(await file.slice(0, START).arrayBuffer()));
  }
  return (await tablesIn(storage).catch(() => [])).filter(({ width }) => width > 1);
}

/**
 * Asks a person what the columns of a dropped table hold, where that is what an import lacks.
 * @param code of the refusal
 * @returns whether it is asked
 */
export async function askForColumns(thing: DroppedThing, code: string | undefined, why: string): Promise<boolean> {
  if (code === undefined || !MENDED_BY_COLUMNS.includes(code)) return false;
  const [table] = (await tablesOf(thing)).sort((a, b) => b.width - a.width);
  if (table === undefined) return false;
  askedTable.value = { thing, table, why };
  return true;
}

/** What was said before of a table with the same header; undefined where nothing was. */
export async function rememberedColumns(thing: DroppedThing): Promise<ColumnReadings | undefined> {
  for (const table of await tablesOf(thing)) {
    const known = readingsOfTables.value[keyOf(table)];
    if (known !== undefined) return { ...known, table: table.file };
  }
  return undefined;
}

/** Keeps what was said of a table for the next one with the same header. */
export function rememberColumns(table: TableStart, readings: ColumnReadings): void {
  if (table.header.length === 0) return;
  const others = Object.entries(readingsOfTables.value).filter(([key]) => key !== keyOf(table));
  readingsOfTables.value = Object.fromEntries([...others, [keyOf(table), readings]].slice(-REMEMBERED));
}

function keyOf({ header }: TableStart): string {
  return header.length === 0 ? '' : JSON.stringify(header);
}
