import { ColumnBuilder } from '../../recording/column-builder.ts';
import { type BadSamples, badSample } from '../bad-samples.ts';
import { type ElementMap, TIME_FEATURE } from './elements.ts';
import { asNumber, type ParquetFile, type ParquetRow } from './parquet.ts';
import type { Place } from './pictures.ts';
import { type FoundRows, ROWS } from './rows.ts';

/** Time between the end of an episode and the start of the next, of which the set says nothing [s]. */
const EPISODE_GAP = 1;

const MEND = 'restore the file, or skip bad samples (--skip-bad)';

/** The samples of a set, in order. */
export interface ReadSamples {
  readonly builder: ColumnBuilder;
  readonly places: readonly Place[];
  /** Samples that do not follow the one before them. */
  readonly breaks: readonly number[];
}

/**
 * Reads the numbers of all rows that were found.
 * @param name of the set, for refusals
 * @param period time between two frames, for files without times [s]
 * @throws Refusal for a row without a time, unless bad samples are skipped
 */
export async function readSamples(
  name: string,
  found: FoundRows,
  elements: ElementMap,
  bad: BadSamples,
  period: number,
): Promise<ReadSamples> {
  const reader = new RowReader(found.files, ['timestamp', TIME_FEATURE, ...elements.keys]);
  const builder = new ColumnBuilder();
  const places: Place[] = [];
  const breaks: number[] = [];
  let start = 0;
  for (const { episode, rows } of found.episodes) {
    let follows = false;
    let latest = start;
    for (const [i, { path, row, index }] of rows.entries()) {
      const values = await reader.row(path, row);
      const stamp = values.timestamp === undefined ? (index - rows[0]!.index) * period : asNumber(values.timestamp);
      const ok = bad.try(() => {
        const where = `${name}/${path}: row ${row}`;
        refuseOtherCount(values, elements, where);
        if (Number.isFinite(stamp)) return true;
        throw badSample(`${where}: timestamp`, 'is no finite number', MEND);
      });
      if (!ok || (i > 0 && index !== rows[i - 1]!.index + 1)) follows = false;
      if (!ok) continue;
      if (!follows) breaks.push(builder.length);
      follows = true;
      const own = asNumber(values[TIME_FEATURE]);
      const time = Number.isNaN(own) ? start + stamp : own;
      latest = Math.max(latest, time);
      builder.next(time);
      places.push({ episode, stamp, path, row });
      setValues(builder, values, elements);
    }
    start = latest + EPISODE_GAP;
  }
  return { builder, places, breaks };
}

/** @throws Refusal where a row has more or fewer numbers of a feature than the set says, so that its names do not tell which */
function refuseOtherCount(row: ParquetRow, { counts }: ElementMap, where: string): void {
  for (const [key, count] of counts) {
    const value = listOf(row[key]);
    if (value === undefined || value.length === count || value.some((one) => listOf(one) !== undefined)) continue;
    throw badSample(`${where}: ${key}`, `${value.length} numbers, and meta/info.json says ${count}`, MEND);
  }
}

function listOf(value: unknown): unknown[] | undefined {
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  return isList ? [...(value as ArrayLike<unknown> & Iterable<unknown>)] : undefined;
}

function setValues(builder: ColumnBuilder, row: ParquetRow, { keys, targets }: ElementMap): void {
  for (const key of keys) {
    const value = row[key];
    const elements: unknown[] = listOf(value) ?? [value];
    elements.forEach((element, k) => {
      const number = asNumber(element);
      if (Number.isNaN(number)) return;
      for (const { column, factor } of targets.get(`${key} ${k}`) ?? []) builder.set(column, number * factor + 0);
    });
  }
}

/** Blocks of rows that are kept: enough for rows that lie out of order. */
const BLOCKS = 16;

/** Gives out rows, reading a block of them at a time: most are asked for in order. */
class RowReader {
  readonly #files: ReadonlyMap<string, ParquetFile>;
  readonly #wanted: readonly string[];
  #latest = '';
  /** The longest unused first. */
  readonly #blocks = new Map<string, readonly ParquetRow[]>();

  constructor(files: ReadonlyMap<string, ParquetFile>, wanted: readonly string[]) {
    this.#files = files;
    this.#wanted = wanted;
  }

  async row(path: string, row: number): Promise<ParquetRow> {
    const from = row - (row % ROWS);
    const key = `${path} ${from}`;
    const kept = this.#blocks.get(key);
    const rows = kept ?? (await this.#read(path, from));
    if (this.#latest !== key) {
      this.#blocks.delete(key);
      this.#blocks.set(key, rows);
      this.#latest = key;
      if (this.#blocks.size > BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value!);
    }
    return rows[row - from] ?? {};
  }

  async #read(path: string, from: number): Promise<readonly ParquetRow[]> {
    const file = this.#files.get(path)!;
    const columns = this.#wanted.filter((key) => file.columns.includes(key));
    return columns.length === 0 ? [] : file.read(columns, from, Math.min(from + ROWS, file.rows));
  }
}
