import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCircles } from './circles.ts';
import { readSources, sourceFile } from './imports.ts';
import { LAYERS } from './layers.ts';

/** Circles among files, each told by what it imports. */
function circlesAmong(files: Readonly<Record<string, readonly string[]>>): string[] {
  return importCircles(
    Object.entries(files).map(([file, imports]) =>
      sourceFile(file, imports.map((specifier) => `import type { X } from '${specifier}';`).join('\n')),
    ),
  );
}

describe('circles of imports', () => {
  it('are nowhere, among files or folders', () => {
    expect(importCircles(readSources(path.resolve(import.meta.dirname, '../..'), LAYERS))).toEqual([]);
  });

  it('are told with the imports that make them, among files', () => {
    const files = { 'sim/a.ts': ['./b.ts', './d.ts'], 'sim/b.ts': ['./c.ts'], 'sim/c.ts': ['./a.ts'], 'sim/d.ts': [] };
    expect(circlesAmong(files)).toEqual([
      'sim: a.ts > b.ts > c.ts > a.ts (sim/a.ts imports b.ts; sim/b.ts imports c.ts; sim/c.ts imports a.ts)',
    ]);
  });

  it('are told among folders, though no file is in one', () => {
    const files = {
      'sim/track/line/a.ts': ['../../scene/b.ts'],
      'sim/scene/b.ts': [],
      'sim/scene/c.ts': ['../track/d.ts'],
      'sim/track/d.ts': [],
    };
    expect(circlesAmong(files)).toEqual([
      'sim: track > scene > track (sim/track/line/a.ts imports scene/b.ts; sim/scene/c.ts imports track/d.ts)',
    ]);
  });

  it('are told one by one', () => {
    const both = { 'sim/a.ts': ['./b.ts', './c.ts'], 'sim/b.ts': ['./a.ts'], 'sim/c.ts': ['./a.ts'] };
    expect(circlesAmong(both)).toHaveLength(2);
  });

  it('may be made by a worker, and not by a test', () => {
    const worker = sourceFile('sim/a.ts', `new Worker(new URL('./a.worker.ts?worker', import.meta.url))`);
    const inside = sourceFile('sim/a.worker.ts', `import { x } from './a.ts';`);
    expect(importCircles([worker, inside])).toHaveLength(1);
    expect(circlesAmong({ 'sim/a.test.ts': ['./b.ts'], 'sim/b.ts': ['./a.test.ts'] })).toEqual([]);
  });
});
