import { describe, expect, it } from 'vitest';
import { createRecording, type Recording, sliceRecording } from '../recording/recording.ts';
import { splitRecordings } from './split.ts';

function drive(name: string, length: number): Recording {
  return createRecording({
    metadata: { format: 'wheelhouse', name, rate: 10, timeSource: 'recorded', cameras: {}, conversions: [] },
    columns: { time: Float64Array.from({ length }, (_, i) => i / 10) },
    cameras: {},
  });
}

describe('splitting recordings', () => {
  const drives = ['a', 'b', 'c', 'd', 'e'].map((name) => drive(name, 100));

  it('refuses to split single samples at random, and says why', () => {
    expect(() => splitRecordings('random-sample', drives, { validationShare: 0.2 })).toThrow(
      /neighbouring frames.*split by time-block or by recording/,
    );
  });

  it('holds back whole recordings, as few as reach the share', () => {
    const { train, validation, test } = splitRecordings('recording', drives, { validationShare: 0.3 });
    const names = (parts: readonly Recording[]) => parts.map(({ metadata }) => metadata.name);
    expect(validation).toHaveLength(2);
    expect([...names(train), ...names(validation)].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(validation.every(({ length }) => length === 100)).toBe(true);
    expect(test).toHaveLength(0);
  });

  it('always leaves a recording to train on, and needs two', () => {
    expect(splitRecordings('recording', drives.slice(0, 2), { validationShare: 0.5 }).train).toHaveLength(1);
    expect(() => splitRecordings('recording', drives.slice(0, 1), { validationShare: 0.2 })).toThrow(/time-block/);
  });

  it('keeps the pieces of a recording that was cut together', () => {
    const cut = drives.flatMap((one) => [sliceRecording(one, 0, 40), sliceRecording(one, 60, 100)]);
    const { train, validation } = splitRecordings('recording', cut, { validationShare: 0.3 });
    const names = (parts: readonly Recording[]) => [...new Set(parts.map(({ metadata }) => metadata.name))];
    expect(validation).toHaveLength(4);
    expect(names(validation)).toHaveLength(2);
    expect(names(train).filter((name) => names(validation).includes(name))).toEqual([]);
    expect(() => splitRecordings('recording', cut.slice(0, 2), { validationShare: 0.2 })).toThrow(/time-block/);
  });
});
