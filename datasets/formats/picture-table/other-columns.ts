import type { FoundTable } from './find-table.ts';

/** More columns of one table than this are not kept. */
const MOST = 200;

/**
 * The columns that nobody named: those with numbers are kept as they are stored, the others are left out.
 * @param rows those of the samples, in their order
 */
export function otherColumns(
  { header, places, number }: FoundTable,
  rows: readonly { readonly fields: readonly string[] }[],
): { columns: Record<string, Float64Array>; notes: string[] } {
  const named = new Set(places.values());
  const columns: Record<string, Float64Array> = {};
  const texts: string[] = [];
  for (const [place, name] of header.slice(0, MOST).entries()) {
    if (named.has(place) || name === '') continue;
    const values = rows.map(({ fields }) => fields[place] ?? '');
    const column = Float64Array.from(values, number);
    if (values.every((text, i) => text === '' || !Number.isNaN(column[i]!)) && values.some((text) => text !== '')) {
      columns[`source.${name.replaceAll(/\s/g, '_')}`] = column;
    } else texts.push(name);
  }
  const notes = texts.length > 0 ? [`columns without numbers are left out: ${texts.join(', ')}`] : [];
  return { columns, notes };
}
