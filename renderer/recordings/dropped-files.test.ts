import { describe, expect, it } from 'vitest';
import { nameOfDrop } from './dropped-files.ts';

const drop = (...paths: string[]) => nameOfDrop(paths.map((path) => ({ path, file: new File([], 'x') })));

describe('nameOfDrop', () => {
  it('is the name of the folder, or of the only file', () => {
    expect(drop('lake/IMG/1.jpg', 'lake/driving_log.csv')).toBe('lake');
    expect(drop('two laps.zip')).toBe('two laps');
    expect(drop('a.csv', 'b.csv')).toBe('Imported recording');
    expect(drop('a/1.csv', 'b/1.csv')).toBe('Imported recording');
  });
});
