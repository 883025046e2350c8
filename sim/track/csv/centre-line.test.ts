import { describe, expect, it } from 'vitest';
import { cos, sin } from '../../maths/deterministic.ts';
import { Refusal } from '../../refusal.ts';
import { inFile } from '../testing/in-file.ts';
import { readCentreLine } from './centre-line.ts';

const CIRCLE = Array.from({ length: 60 }, (_, i) => {
  const angle = (2 * Math.PI * i) / 60;
  return `${100 * cos(angle)},${100 * sin(angle)},4,6`;
});
const HEAD = '# x_m,y_m,w_tr_right_m,w_tr_left_m';
const file = (lines: readonly string[], head = HEAD) => [head, ...lines, ''].join('\n');
const changed = (line: number, text: string) => file(CIRCLE.map((row, i) => (i === line ? text : row)));

describe('a centre line', () => {
  const track = readCentreLine(file(CIRCLE), 'circle.csv');

  it('becomes a smooth closed road', () => {
    expect(track.closed).toBe(true);
    expect(Math.abs(track.length / (200 * Math.PI) - 1)).toBeLessThan(1e-5);
    for (let s = 0; s < track.length; s += 9.1) {
      const { x, y, curvature } = inFile(track, s);
      expect(Math.sqrt(x * x + y * y)).toBeCloseTo(100, 2);
      expect(Math.abs(100 * curvature - 1)).toBeLessThan(0.01);
    }
  });

  it('keeps the widths to both sides, and drives in the middle', () => {
    expect([track.leftEdge(33), track.rightEdge(33)].map((edge) => Number(edge.toFixed(9)))).toEqual([6, -4]);
    expect(track.laneCentre(33)).toBeCloseTo(1, 9);
    expect(track.laneWidth(33)).toBeCloseTo(10, 9);
  });

  it('is the same with a repeated first point, Windows line ends and plain column names', () => {
    const same = file([...CIRCLE, CIRCLE[0]!], HEAD.slice(2)).replaceAll('\n', '\r\n');
    expect(readCentreLine(same, 'circle.csv').length).toBe(track.length);
  });

  it.each([
    [
      'a header in another order',
      'w_tr_left_m,x_m,w_tr_right_m,y_m',
      (p: string[]) => [p[3]!, p[0]!, p[2]!, p[1]!].join(),
    ],
    [
      'another order told in a comment',
      '# y_m, x_m, w_tr_left_m, w_tr_right_m',
      (p: string[]) => [p[1]!, p[0]!, p[3]!, p[2]!].join(),
    ],
    [
      'more columns, other names',
      's;X [m];Y [m];width_right;width_left;note',
      (p: string[]) => ['0', ...p, 'a'].join(';'),
    ],
    ['tabs', HEAD, (p: string[]) => p.join('\t')],
    ['decimal commas', HEAD, (p: string[]) => p.map((value) => value.replace('.', ',')).join(';')],
  ])('is the same with %s', (_, head, row) => {
    const other = file(
      CIRCLE.map((line) => row(line.split(','))),
      head,
    );
    const same = readCentreLine(other, 'circle.csv');
    expect(same.length).toBe(track.length);
    expect([same.leftEdge(33), same.rightEdge(33), same.origin]).toEqual([
      track.leftEdge(33),
      track.rightEdge(33),
      track.origin,
    ]);
  });

  it.each([
    [
      file(CIRCLE, 'x_m,y_m,kappa,v'),
      /its header \(x_m, y_m, kappa, v\) names no w_tr_right_m; give x_m,y_m,w_tr_right_m/,
    ],
    [file(CIRCLE, '# x_m,y_m,left,left'), /names no w_tr_right_m/],
    [changed(4, '1,2,3'), /circle\.csv line 6: there are 3 columns; give x_m/],
    [changed(4, '1,two,3,4'), /circle\.csv line 6: y_m: it is "two"/],
    [changed(4, '1,2,-3,4'), /line 6: w_tr_right_m: it is "-3"; give the metres/],
    [changed(4, '1,2,3,'), /line 6: w_tr_left_m: it is empty/],
    [changed(4, '1,NaN,3,4'), /line 6: y_m: it is "NaN"/],
    [changed(4, '2e8,2,3,4'), /line 6: x_m: it is "2e8"; give metres/],
    [
      file(CIRCLE.map((_, i) => `${11.5 + 1e-5 * i},${48.1 + 1e-5 * (i % 9)},4,6`)),
      /its 60 points lie within 0\.\d+ by 0\.\d+ m; give x_m and y_m in metres, not in degrees/,
    ],
    [file(CIRCLE.slice(0, 5)), /it has 5 different points; give at least 8/],
    [file(CIRCLE.slice(0, 40)), /the last point is .* m from the first; give a closed circuit/],
    ['', /it has 0 different points/],
  ])('is refused when it is wrong (%#)', (text, message) => {
    expect(() => readCentreLine(text, 'circle.csv')).toThrow(Refusal);
    expect(() => readCentreLine(text, 'circle.csv')).toThrow(message);
  });
});
