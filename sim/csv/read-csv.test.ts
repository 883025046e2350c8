import { describe, expect, it } from 'vitest';
import { readCsv } from './read-csv.ts';

const read = (text: string, comment?: string) =>
  readCsv(text, 'log.csv', { code: 'not-csv', mend: 'give a table', ...(comment && { comment }) });
const fields = (text: string, comment?: string) => read(text, comment).lines.map((line) => line.fields);
const TABLE = [
  ['t', 'picture', 'angle'],
  ['0', 'a.jpg', '0.5'],
  ['1', 'b.jpg', '-1.25'],
];

describe('a table of text', () => {
  it.each([',', ';', '\t', '|', ' ', ', ', ' ; '])('is read with %j between its fields', (separator) => {
    expect(fields(TABLE.map((row) => row.join(separator)).join('\n'))).toEqual(TABLE);
  });

  it.each(['\n', '\r\n', '\r', '\r\r\n', '\n\n'])('is read with %j at the ends of its lines', (end) => {
    expect(fields(TABLE.map((row) => row.join(',')).join(end) + end)).toEqual(TABLE);
  });

  it('is read quoted, also where each line was quoted as one field', () => {
    const quoted = TABLE.map((row) => row.map((field) => `"${field}"`));
    expect(fields(quoted.map((row) => row.join(',')).join('\n'))).toEqual(TABLE);
    expect(fields(quoted.map((row) => row.join(', ')).join('\n'))).toEqual(TABLE);
    expect(fields(TABLE.map((row) => `"${row.join(',')}"`).join('\n'))).toEqual(TABLE);
    expect(fields(quoted.map((row) => row.join('  ')).join('\n'))).toEqual(TABLE);
    expect(fields('a,b\n"x, y","say ""so"""')).toEqual([
      ['a', 'b'],
      ['x, y', 'say "so"'],
    ]);
  });

  it('takes a quote as a letter where nothing is quoted', () => {
    const row = ['/my "best" run/a.jpg', '/my "best run/b.jpg', '0.5'];
    expect(fields([row, row, row].map((one) => one.join(',')).join('\n'))).toEqual([row, row, row]);
    expect(fields('"best" run/a.jpg,1\n"best" run/b.jpg,2')).toEqual([
      ['"best" run/a.jpg', '1'],
      ['"best" run/b.jpg', '2'],
    ]);
  });

  it('is not split at other signs in its texts', () => {
    const row = ['C:\\my runs; all | new\\a.jpg', '0.5', '1', '2'];
    expect(fields([row, row].map((one) => one.join(',')).join('\n'))).toEqual([row, row]);
    const german = ['C:\\me, you\\a.jpg', '0,5', '1', '20,25'];
    expect(fields([german, german].map((one) => one.join(';')).join('\n'))).toEqual([german, german]);
  });

  it('has decimal commas only where it is so', () => {
    const german = read('a;b\n0,5;1\n-12,25;1,5E-06\n');
    expect([german.decimals, german.number('-12,25'), german.number('1,5E-06')]).toEqual(['comma', -12.25, 1.5e-6]);
    const english = read('a;b\n0.5;1\n1,500;2\n');
    expect([english.decimals, english.number('0.5'), english.number('0,5')]).toEqual(['point', 0.5, Number.NaN]);
    const thousands = read('a;b\n1,234;1\n2,500;2\n');
    expect([thousands.decimals, thousands.number('1,234')]).toEqual(['point', Number.NaN]);
    expect(read('"a","b"\n"0,5","1"\n').number('0,5')).toBe(0.5);
  });

  it('has both where two tables were put together, and then takes no thousand for a decimal', () => {
    const { decimals, number } = read('a;b\n0.5;1\n0,25;2\n');
    expect([decimals, ...['0.5', '0,25', '-12,5', '1,234', '0,123'].map(number)]).toEqual([
      'mixed',
      0.5,
      0.25,
      -12.5,
      Number.NaN,
      0.123,
    ]);
  });

  it('takes as numbers what is one', () => {
    const { number } = read('a,b\n1,2\n');
    expect(['1', '-.5', '+2.', '1.4E-06', '\u22120.5'].map(number)).toEqual([1, -0.5, 2, 1.4e-6, -0.5]);
    expect(['', 'nan', '0x10', 'Infinity', '1 2', '1e', '5 deg'].map(number).every(Number.isNaN)).toBe(true);
  });

  it('counts lines as an editor does, without those that hold nothing', () => {
    const { lines } = read('a,b\n\n1,2\n,,\n# no\n3,4', '#');
    expect(lines.map(({ line }) => line)).toEqual([1, 3, 6]);
    const excel = read('sep=;\na;b\n1,5;x,y\n');
    expect([excel.separator, excel.lines.map(({ line }) => line)]).toEqual([';', [2, 3]]);
  });

  it('keeps empty fields', () => {
    expect(fields('a,b,c\n1,,3\n,,4')).toEqual([
      ['a', 'b', 'c'],
      ['1', '', '3'],
      ['', '', '4'],
    ]);
    expect(fields('a\tb\tc\n1\t\t3\n\t\t4')[2]).toEqual(['', '', '4']);
  });

  it('is one column where nothing separates anything', () => {
    expect(fields('angle\n0.5\n1\n')).toEqual([['angle'], ['0.5'], ['1']]);
    expect(fields('')).toEqual([]);
  });
});
