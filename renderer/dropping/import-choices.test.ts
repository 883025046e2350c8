import { describe, expect, it } from 'vitest';
import { askedTable, askForColumns, rememberColumns, rememberedColumns } from './import-choices.ts';

const TABLE = 'bild,zeit,lenkung\n0.png,0.0,0\n1.png,0.1,1\n';
const thing = (name: string, table = TABLE) => ({
  kind: 'recording' as const,
  name,
  files: [
    { path: '0.png', file: new File(['…'], '0.png') },
    { path: 'labels.csv', file: new File([table], 'labels.csv') },
  ],
});

describe('the columns of a dropped table', () => {
  it('are asked for where they are what an import lacks, with the header and first rows', async () => {
    const dropped = thing('Messfahrt');
    expect(await askForColumns(dropped, 'bad-sample', 'row 3 is torn')).toBe(false);
    expect(await askForColumns({ ...dropped, files: [] }, 'unknown-format', 'no table')).toBe(false);
    expect(askedTable.value).toBeNull();
    expect(await askForColumns(dropped, 'unknown-format', 'this is no recording')).toBe(true);
    expect(askedTable.value).toMatchObject({
      thing: dropped,
      why: 'this is no recording',
      table: { file: 'labels.csv', header: ['bild', 'zeit', 'lenkung'], rows: [['0.png', '0.0', '0'], { length: 3 }] },
    });
  });

  it('are remembered for tables with the same header only', async () => {
    await askForColumns(thing('Messfahrt'), 'unknown-format', '');
    rememberColumns(askedTable.value!.table, { steering: { column: '3', unit: 'deg' } });
    expect(await rememberedColumns(thing('Messfahrt 2'))).toEqual({
      table: 'labels.csv',
      steering: { column: '3', unit: 'deg' },
    });
    expect(await rememberedColumns(thing('Other', 'image,angle\n0.png,0.1\n'))).toBeUndefined();
  });
});
