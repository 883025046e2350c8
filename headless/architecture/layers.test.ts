import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAYERS, layerFaults } from './layers.ts';

const root = path.resolve(import.meta.dirname, '../..');

function sources(): string[] {
  return LAYERS.flatMap((layer) => {
    try {
      return readdirSync(path.join(root, layer), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => `${layer}/${name.replaceAll(path.sep, '/')}`);
    } catch {
      return []; // a layer that is not built yet
    }
  });
}

describe('layers', () => {
  it('reads every layer that exists', () => {
    const files = sources();
    for (const layer of ['sim', 'datasets', 'models', 'headless']) {
      expect(files.some((file) => file.startsWith(`${layer}/`))).toBe(true);
    }
  });

  it('keeps all arrows pointing one way, and inexact maths out of the world', () => {
    expect(sources().flatMap((file) => layerFaults(file, readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
  });

  it('notices an arrow that points the wrong way', () => {
    expect(layerFaults('sim/track/track.ts', `import { x } from '../../models/zoo/zoo.ts';`)).toHaveLength(1);
    expect(layerFaults('models/zoo/zoo.ts', `const fs = await import('node:fs');`)).toHaveLength(1);
    expect(layerFaults('datasets/a.ts', `export * from '../headless/b.ts';`)).toHaveLength(1);
    expect(layerFaults('models/a.ts', `import type { Frame } from '../sim/frame.ts';`)).toEqual([]);
  });

  it('notices maths that differs between engines', () => {
    expect(layerFaults('sim/vehicle/a.ts', 'const y = Math.sin(x);')).toHaveLength(1);
    expect(layerFaults('sim/vehicle/a.ts', 'const y = x ** 2;')).toHaveLength(1);
    expect(layerFaults('sim/vehicle/a.ts', '/** y = Math.sin(x), x ** 2 */')).toHaveLength(0);
    expect(layerFaults('sim/scene/a.ts', 'const y = Math.sin(x);')).toEqual([]);
  });
});
