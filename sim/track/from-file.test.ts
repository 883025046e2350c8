import { expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import { trackFromFile } from './from-file.ts';
import { parseTrackName } from './track-name.ts';

it('chooses the reader by the ending, whatever its case', () => {
  const square = ['0,0', '40,0', '80,0', '80,40', '80,80', '40,80', '0,80', '0,40'].map((at) => `${at},4,4`).join('\n');
  expect(trackFromFile(square, 'square.CSV').closed).toBe(true);
  expect(() => trackFromFile(square, 'square.xodr')).toThrow(/no well-formed XML|no <OpenDRIVE>/);
  const isFile = (name: string) => parseTrackName(name) !== null;
  expect(['a.csv', 'b/c.XODR', 'country:1', 'millbrook'].map(isFile)).toEqual([true, true, false, false]);
});

it('refuses other endings', () => {
  expect(() => trackFromFile('', 'road.kml')).toThrow(Refusal);
  expect(() => trackFromFile('', 'road.kml')).toThrow(
    /road\.kml: its ending names no format of roads; give a centre line/,
  );
});
