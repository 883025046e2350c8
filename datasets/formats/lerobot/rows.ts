import { Refusal } from '../../../sim/refusal.ts';
import { allFiles } from '../../storage/all-files.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { type BadSamples, badSample } from '../bad-samples.ts';
import type { Episode } from './episodes.ts';
import { asNumber, openParquet, type ParquetFile } from './parquet.ts';

/** Rows read at a time. */
export const ROWS = 10_000;
const DATA = 'data';

/** A row of a data file. */
export interface Row {
  readonly path: string;
  /** Its number in the file. */
  readonly row: number;
  /** Its number in the set, or in the file where the file does not say. */
  readonly index: number;
}

/** The rows of the episodes, each episode in the order of its frames. */
export interface FoundRows {
  readonly episodes: readonly { readonly episode: Episode; readonly rows: readonly Row[] }[];
  readonly files: ReadonlyMap<string, ParquetFile>;
}

/**
 * Finds the rows of each episode by what the rows say themselves, `episode_index` and `index`; by their place in the file
 * only where it has no such columns. Tools that leave episodes out, or write a set anew, do not keep places.
 * @param notes receives what is left out or lies elsewhere
 * @throws Refusal `bad-recording` where rows contradict the list of episodes; for missing rows, unless bad samples are skipped
 */
export async function findRows(
  storage: FileStorage,
  episodes: readonly Episode[],
  bad: BadSamples,
  notes: string[],
): Promise<FoundRows> {
  const index = new RowIndex(storage, bad);
  for (const path of new Set(episodes.map(({ dataPath }) => dataPath))) await index.add(path);
  // The list of version 3 may name another file than the one that an episode lies in.
  if (episodes.some((episode) => episode.from !== undefined && index.rowsOf(episode).length < episode.length)) {
    for (const path of await dataFiles(storage)) await index.add(path);
  }
  const found = [];
  let elsewhere = 0;
  for (const episode of episodes) {
    const rows = checkRows(storage.name, episode, index, bad);
    if (rows.length === 0) continue;
    if (rows.some(({ path }) => path !== episode.dataPath)) elsewhere++;
    found.push({ episode, rows });
  }
  if (elsewhere > 0) notes.push(`episodes whose rows lie in another data file than their list says: ${elsewhere}`);
  const others = index.unlisted(episodes);
  if (others.rows > 0) {
    notes.push(`rows of episodes that are not in the list of episodes, left out: ${others.rows} (${others.episodes})`);
  }
  return { episodes: found, files: index.files };
}

/** What the rows of the data files say of themselves. */
class RowIndex {
  readonly files = new Map<string, ParquetFile>();
  readonly #storage: FileStorage;
  readonly #bad: BadSamples;
  readonly #tried = new Set<string>();
  readonly #byEpisode = new Map<number, Row[]>();
  /** Files that do not tell whose their rows are. */
  readonly #silent = new Set<string>();

  constructor(storage: FileStorage, bad: BadSamples) {
    this.#storage = storage;
    this.#bad = bad;
  }

  /** Takes a data file in, if it is there. */
  async add(path: string): Promise<void> {
    if (this.#tried.has(path)) return;
    this.#tried.add(path);
    if (!(await this.#storage.exists(path))) return;
    try {
      const file = await openParquet(this.#storage, path);
      await this.#addRows(path, file);
      this.files.set(path, file);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#bad.leaveOut(error);
    }
  }

  async #addRows(path: string, file: ParquetFile): Promise<void> {
    if (!file.columns.includes('episode_index')) {
      this.#silent.add(path);
      return;
    }
    const wanted = ['episode_index', 'index'].filter((key) => file.columns.includes(key));
    for (let from = 0; from < file.rows; from += ROWS) {
      const read = await file.read(wanted, from, Math.min(from + ROWS, file.rows));
      read.forEach(({ episode_index, index }, i) => {
        const number = asNumber(index);
        const row = { path, row: from + i, index: Number.isNaN(number) ? from + i : number };
        const list = this.#byEpisode.get(asNumber(episode_index));
        if (list === undefined) this.#byEpisode.set(asNumber(episode_index), [row]);
        else list.push(row);
      });
    }
  }

  rowsOf({ index, dataPath, firstRow, length }: Episode): readonly Row[] {
    if (!this.#silent.has(dataPath)) return this.#byEpisode.get(index) ?? [];
    const rows = this.files.get(dataPath)!.rows;
    const there = Math.max(0, Math.min(length, rows - firstRow));
    return Array.from({ length: there }, (_, i) => ({ path: dataPath, row: firstRow + i, index: firstRow + i }));
  }

  /** Whether the rows say their number in the set. */
  isSilent(path: string): boolean {
    return this.#silent.has(path) || !(this.files.get(path)?.columns.includes('index') ?? false);
  }

  /** Episodes whose rows lie in a file. */
  inFile(path: string): number[] {
    return [...this.#byEpisode].flatMap(([episode, rows]) => (rows.some((row) => row.path === path) ? [episode] : []));
  }

  /** Rows of episodes that nobody asked for. */
  unlisted(episodes: readonly Episode[]): { readonly rows: number; readonly episodes: string } {
    const listed = new Set(episodes.map(({ index }) => index));
    const others = [...this.#byEpisode].filter(([episode]) => !listed.has(episode));
    const names = others.slice(0, 5).map(([episode]) => episode);
    return {
      rows: others.reduce((sum, [, rows]) => sum + rows.length, 0),
      episodes: `episode ${names.join(', ')}${others.length > names.length ? ', …' : ''}`,
    };
  }
}

/** The rows of an episode in order. @throws Refusal */
function checkRows(name: string, episode: Episode, index: RowIndex, bad: BadSamples): readonly Row[] {
  const { from, length, dataPath } = episode;
  const rows = [...index.rowsOf(episode)].sort((a, b) => a.index - b.index);
  const where = `${rows[0] === undefined ? `${name}/${dataPath}` : `${name}/${rows[0].path}`}: episode ${episode.index}`;
  const contradict = (what: string): Refusal => {
    return new Refusal('bad-recording', where, what, 'get the set anew, or write it anew with LeRobot’s own tools');
  };
  const others = rows.length === 0 && from === undefined ? index.inFile(dataPath) : [];
  if (others.length > 0) throw contradict(`the rows of this file say that they are of episode ${others[0]}`);
  if (rows.length > length) throw contradict(`it has ${rows.length} rows, and the list of episodes says ${length}`);
  const twice = rows.find((row, i) => i > 0 && row.index === rows[i - 1]!.index);
  if (twice !== undefined) throw contradict(`two of its rows have the index ${twice.index}`);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first && last && from !== undefined && !index.isSilent(first.path)) {
    if (first.index < from || last.index >= from + length) {
      const said = `the list of episodes says ${from} to ${from + length - 1}`;
      throw contradict(`its rows have the index ${first.index} to ${last.index}, and ${said}`);
    }
  }
  if (rows.length < length) {
    const what =
      rows.length === 0 ? 'its rows are missing' : `${length - rows.length} of its ${length} rows are missing`;
    bad.leaveOut(badSample(where, what, 'add the file, or leave out what is missing as bad samples are (--skip-bad)'));
  }
  return rows;
}

async function dataFiles(storage: FileStorage): Promise<string[]> {
  if (!(await storage.exists(DATA))) return [];
  return (await allFiles(storage, DATA)).filter((path) => path.endsWith('.parquet')).sort();
}
