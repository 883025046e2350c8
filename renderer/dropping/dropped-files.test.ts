import { describe, expect, it } from 'vitest';
import { thingsIn } from './dropped-files.ts';

const drop = (...paths: string[]) =>
  thingsIn(
    paths.map((path) => ({ path, file: new File([], 'x') })),
    ['mcap', 'bag', 'zip'],
  ).map(({ kind, name, files }) => ({
    kind,
    name,
    files: files.map(({ path }) => path),
  }));

describe('what was dropped', () => {
  it('is one recording where it is one folder, whose name it has', () => {
    expect(drop('lake/IMG/1.jpg', 'lake/driving_log.csv')).toEqual([
      { kind: 'recording', name: 'lake', files: ['IMG/1.jpg', 'driving_log.csv'] },
    ]);
  });

  it('is as many recordings as there are folders and whole files', () => {
    expect(drop('a/1.csv', 'b/1.csv', 'two laps.zip', 'rain.BAG', 'x.mcap')).toEqual([
      { kind: 'recording', name: 'a', files: ['1.csv'] },
      { kind: 'recording', name: 'b', files: ['1.csv'] },
      { kind: 'recording', name: 'two laps', files: ['two laps.zip'] },
      { kind: 'recording', name: 'rain', files: ['rain.BAG'] },
      { kind: 'recording', name: 'x', files: ['x.mcap'] },
    ]);
  });

  it('belongs together where loose files make up one recording', () => {
    expect(drop('data.txt', '0.jpg', '1.jpg')).toEqual([
      { kind: 'recording', name: 'Dropped files', files: ['data.txt', '0.jpg', '1.jpg'] },
    ]);
    expect(drop('telemetry.csv')).toEqual([{ kind: 'recording', name: 'telemetry', files: ['telemetry.csv'] }]);
  });

  it('is a suite where it is one file of JSON', () => {
    expect(drop('mine.json')).toEqual([{ kind: 'suite', name: 'mine', files: ['mine.json'] }]);
    expect(drop('manifest.json', 'catalog_0.catalog')).toMatchObject([{ kind: 'recording' }]);
  });

  it('is a model where its description and its weights are there; nothing else of the folder is taken', () => {
    expect(drop('net/model.json', 'net/weights.bin', 'net/notes.html')).toEqual([
      { kind: 'model', name: 'net', files: ['model.json', 'weights.bin'] },
    ]);
    expect(drop('net/model.json')).toMatchObject([{ kind: 'recording' }]);
  });

  it('is a run where its description is there, with all that a run leaves', () => {
    expect(drop('mine.run/run.json', 'mine.run/checkpoints/last.ckpt', 'mine.run/notes.txt')).toEqual([
      { kind: 'run', name: 'mine.run', files: ['run.json', 'checkpoints/last.ckpt'] },
    ]);
  });
});
