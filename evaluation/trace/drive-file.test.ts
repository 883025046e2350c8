import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../../sim/conditions/conditions.ts';
import { decodeDrive, encodeDrive } from './drive-file.ts';
import { TRACE_COLUMN_NAMES, type TraceTick, tickAt, ticksOf, traceOf } from './drive-trace.ts';

const ticks = [0, 1, 2].map((i) =>
  Object.fromEntries(TRACE_COLUMN_NAMES.map((name, column) => [name, i + column / 16])),
) as TraceTick[];
const put = { time: 0.05, x: 1, y: 2, lateralError: 1.5, collision: 'car-3' };
const world = { track: 'country:7', conditions: CLEAR_DAY, seed: 7 };
const text = encodeDrive(world, traceOf(ticks, [put]));

describe('a drive file', () => {
  it('gives back the trace, to a tenth of a millimetre, and its world', () => {
    const { trace, world: read } = decodeDrive(text);
    expect(read).toEqual(world);
    expect(trace.length).toBe(3);
    expect(trace.interventions).toEqual([put]);
    for (const [i, tick] of ticksOf(trace).entries()) {
      expect(tick).toEqual(tickAt(trace, i));
      for (const name of TRACE_COLUMN_NAMES) expect(tick[name]).toBeCloseTo(ticks[i]![name], 4);
    }
  });

  it('is read when it is older than some columns and fields', () => {
    const older = JSON.parse(text);
    for (const name of ['lateralError', 'progress', 'referenceSpeed']) Reflect.deleteProperty(older.columns, name);
    Reflect.deleteProperty(older.interventions[0], 'collision');
    Reflect.deleteProperty(older, 'seed');
    const { trace } = decodeDrive(JSON.stringify(older));
    expect(trace.columns.lateralError).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(trace.columns.x).toEqual(decodeDrive(text).trace.columns.x);
    expect(trace.interventions).toEqual([{ time: 0.05, x: 1, y: 2, lateralError: 1.5 }]);
  });

  it.each([
    [
      'columns of different lengths',
      (file: { columns: { yaw: number[] } }) => file.columns.yaw.pop(),
      /differ in length/,
    ],
    ['a column that is missing', (file: object) => Reflect.deleteProperty(Reflect.get(file, 'columns'), 'x'), /"x"/],
    ['text among the numbers', (file: { columns: { x: unknown[] } }) => file.columns.x.fill('1'), /expected number/],
  ])('is refused with %s', (_, change, message) => {
    const file = JSON.parse(text);
    change(file);
    expect(() => decodeDrive(JSON.stringify(file))).toThrow(message);
  });
});
