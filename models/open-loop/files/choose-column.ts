import { nearestNames } from '../../../sim/nearest-name.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { Side } from './column-names.ts';
import { isFrameColumn } from './frame-keys.ts';
import type { TableColumns } from './table-columns.ts';

/** What a column must not hold to be angles of a side; what it says itself is worth most. */
interface Candidate {
  readonly number: number;
  readonly worth: number;
}

/**
 * The number of the column that holds the angles of a side.
 * @param wanted by a person: a header, or a number from 1
 * @throws Refusal when it is not there, or when several may be meant
 */
export function chooseColumn(table: TableColumns, side: Side, wanted?: string): number {
  const { path, header } = table;
  const option = side === 'predicted' ? '--column' : '--truth-column';
  if (wanted !== undefined) {
    const found = numberOf(header, wanted);
    if (found !== undefined) return found;
    const near = nearestNames(wanted, header)[0];
    const mend = `choose one of its columns (${header.join(', ')})${near === undefined ? '' : `; did you mean ${near}?`}`;
    throw new Refusal('unknown-column', path, `has no column ${wanted}`, mend);
  }
  const candidates = candidatesOf(table, side);
  const best = Math.max(...candidates.map(({ worth }) => worth));
  const chosen = candidates.filter(({ worth }) => worth === best);
  if (chosen.length === 1) return chosen[0]!.number;
  const whose = side === 'predicted' ? 'the predicted angles' : 'the true angles';
  const likely = chosen.length > 1 ? chosen.map(({ number }) => header[number]!) : header;
  throw new Refusal(
    'unclear-column',
    path,
    `does not say which column holds ${whose}`,
    `choose one of its columns (${likely.join(', ')}) with ${option}`,
  );
}

function numberOf(header: readonly string[], wanted: string): number | undefined {
  const exact = header.indexOf(wanted);
  if (exact >= 0) return exact;
  const plain = (name: string) => name.trim().toLowerCase();
  const alike = header.flatMap((name, i) => (plain(name) === plain(wanted) ? [i] : []));
  if (alike.length === 1) return alike[0];
  const number = /^\d+$/.test(wanted) ? Number(wanted) - 1 : -1;
  return number >= 0 && number < header.length ? number : undefined;
}

/** Columns of numbers that may be meant: those that say so before those that say nothing. */
function candidatesOf(table: TableColumns, side: Side): Candidate[] {
  return table.names.flatMap(({ side: said, holds }, number): Candidate[] => {
    if (isFrameColumn(table, number)) return [];
    const numeric = table.body.some(({ fields }) => Number.isFinite(table.number(fields[number] ?? '')));
    // The one column of angles with nothing in it is still the one that is meant.
    if (!numeric && holds !== 'steering' && said !== side) return [];
    if (holds !== undefined && holds !== 'steering' && holds !== 'value') return [];
    if (said !== undefined && said !== side) return [];
    const worth = (said === side ? 4 : 0) + (holds === 'steering' ? 2 : 0) + (numeric ? 1 : 0);
    return [{ number, worth }];
  });
}
