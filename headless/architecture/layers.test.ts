import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources, sourceFile } from './imports.ts';
import { LAYERS, layerFaults } from './layers.ts';

const SOURCES = readSources(path.resolve(import.meta.dirname, '../..'), LAYERS);

const faultsOf = (file: string, source: string) => layerFaults(sourceFile(file, source));

describe('layers', () => {
  it.each(LAYERS)('%s exists', (layer) => {
    expect(SOURCES.some(({ file }) => file.startsWith(`${layer}/`))).toBe(true);
  });

  it('keeps all arrows pointing one way, and inexact maths out of the world', () => {
    expect(SOURCES.flatMap(layerFaults)).toEqual([]);
  });

  it('notices an arrow that points the wrong way', () => {
    expect(faultsOf('sim/track/track.ts', `import { x } from '../../models/zoo/zoo.ts';`)).toHaveLength(1);
    expect(faultsOf('models/zoo/zoo.ts', `const fs = await import('node:fs');`)).toHaveLength(1);
    expect(faultsOf('datasets/a.ts', `export * from '../headless/b.ts';`)).toHaveLength(1);
    expect(faultsOf('models/a.ts', `new Worker(new URL('../renderer/b.worker.ts', import.meta.url))`)).toHaveLength(1);
    expect(faultsOf('models/a.ts', `import type { Frame } from '../sim/frame.ts';`)).toEqual([]);
  });

  it('notices a group of headless that imports one above it', () => {
    const use = (file: string) => ['import { x } from ', file, ';'].join("'");
    expect(faultsOf('headless/machine/gpu/a.ts', use('../../work/runs/x.ts'))).toHaveLength(1);
    expect(faultsOf('headless/work/runs/a.ts', use('../../shells/cli/x.ts'))).toHaveLength(1);
    expect(faultsOf('headless/shells/cli/a.ts', use('../../work/runs/x.ts') + use('../../machine/gpu/x.ts'))).toEqual(
      [],
    );
    expect(faultsOf('headless/machine/gpu/a.test.ts', use('../../shells/cli/x.ts'))).toEqual([]);
  });

  it('notices maths that differs between engines', () => {
    expect(faultsOf('sim/vehicle/a.ts', 'const y = Math.sin(x);')).toHaveLength(1);
    expect(faultsOf('sim/vehicle/a.ts', 'const y = x ** 2;')).toHaveLength(1);
    expect(faultsOf('sim/vehicle/a.ts', '/** y = Math.sin(x), x ** 2 */')).toHaveLength(0);
    expect(faultsOf('sim/scene/a.ts', 'const y = Math.sin(x);')).toEqual([]);
  });
});
