import { describe, expect, it } from 'vitest';
import { distinctNames, nameOfPlace, withoutFolders } from './names.ts';

describe('names of recordings', () => {
  it.each(['/data/drives/lap 3/', 'C:\\drives\\lap 3', 'lap 3', './lap 3/.'])('of %s are its last part', (place) => {
    expect(nameOfPlace(place)).toBe('lap 3');
  });

  it('that a person gave keep their slashes, and paths lose their folders', () => {
    expect(['Autumn 12/3', '/home/anna/data', 'D:\\anna\\data', '../data'].map(withoutFolders)).toEqual([
      'Autumn 12/3',
      'data',
      'data',
      'data',
    ]);
  });

  it('tell apart what lies in folders of the same name', () => {
    expect(distinctNames(['/a/anna/data', '/a/bob/data', '/a/lap'])).toEqual(['anna/data', 'bob/data', 'lap']);
    expect(distinctNames(['/x/1/data', '/y/1/data'])).toEqual(['x/1/data', 'y/1/data']);
    expect(distinctNames(['/x/data', '/x/data'])).toEqual(['x/data', 'x/data']);
  });
});
