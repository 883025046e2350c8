import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { chooseColumns } from '../columns/choose.ts';
import { COLUMNS_FILE } from '../columns/columns-file.ts';
import type { Role } from '../columns/roles.ts';
import { unitInName } from '../columns/units.ts';
import { timeInName } from '../date-time.ts';
import { PictureIndex } from '../picture-index.ts';
import { isPictureName } from '../picture-names.ts';
import { type TableStart, tablesIn } from './find-table.ts';

const SUGGESTED = ['picture', 'time', 'steering', 'speed'] as const;

/**
 * What to do with a folder of no known format: how to read a table in it, or what to convert it to.
 * @returns the mend, in words that follow what is wrong
 */
export async function howToRead(storage: FileStorage): Promise<string> {
  const tables = (await tablesIn(storage).catch(refusedTables)).filter(({ width }) => width > 1);
  const best = tables.map(suggestion).sort((a, b) => b.found - a.found)[0];
  if (best !== undefined)
    return `read ${best.file} by its columns: wheelhouse import … --columns ${best.columns}${best.timed ? '' : ' --rate <rows a second>'}, or say so in a file ${COLUMNS_FILE} beside it (docs/formats.md)`;
  const pictures = (await PictureIndex.of(storage)).count;
  const form = 'a row for each picture: its file, its time and its steering angle';
  if (pictures > 0)
    return `there are ${pictures} pictures and no table: add labels.csv with ${form}, and read it with: wheelhouse import … --columns picture=…,time=…,steering=…:deg`;
  return `convert it to pictures and a CSV table with ${form}, and read that with: wheelhouse import … --columns (docs/formats.md)`;
}

function refusedTables(error: unknown): TableStart[] {
  if (!(error instanceof Refusal)) throw error;
  return [];
}

interface Suggestion {
  readonly file: string;
  readonly columns: string;
  /** How many of the columns are known by their names. */
  readonly found: number;
  /** Whether times are known, from a column or from the names of the pictures. */
  readonly timed: boolean;
}

function suggestion({ file, header, first }: TableStart): Suggestion {
  const { found } = chooseColumns(header);
  const picture = first.findIndex(isPictureName);
  const place = (role: Role) => found.get(role) ?? (role === 'picture' && picture >= 0 ? picture : undefined);
  const parts = SUGGESTED.flatMap((role) => {
    const at = place(role);
    if (at === undefined)
      return role === 'picture' || role === 'steering' ? [`${role}=<column>${unitFor(role, '')}`] : [];
    const name = header[at] || String(at + 1);
    return [`${role}=${/[\s,:]/.test(name) ? at + 1 : name}${unitFor(role, name)}`];
  });
  const timed = place('time') !== undefined || !Number.isNaN(timeInName(first[place('picture') ?? -1] ?? ''));
  return { file, columns: parts.join(','), found: SUGGESTED.filter((role) => place(role) !== undefined).length, timed };
}

/** A unit that the column's name does not say is to be said. */
function unitFor(role: (typeof SUGGESTED)[number], name: string): string {
  if ((role !== 'steering' && role !== 'speed') || unitInName(name, role) !== undefined) return '';
  return role === 'steering' ? ':<rad, deg or share>' : ':<m/s, km/h or mph>';
}
