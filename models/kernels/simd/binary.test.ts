import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { KERNEL_BINARY } from './binary.ts';
import { compileKernels, SOURCES } from './compile.ts';

test('the binary in the repository is what the sources compile to, and brings no data', async () => {
  const sources = new Map<string, string>();
  for (const name of SOURCES) {
    sources.set(name, await readFile(new URL(`source/${name}.as`, import.meta.url), 'utf8'));
  }
  const binary = await compileKernels(sources);
  expect(Buffer.from(binary).toString('base64'), 'run npm run build:kernels').toBe(KERNEL_BINARY);
  const module = await WebAssembly.compile(binary as Uint8Array<ArrayBuffer>);
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  // Data of its own would be written over the backend's. Sections: one byte of kind, then the length; 11 is data.
  expect(sectionKinds(binary)).not.toContain(11);
});

function sectionKinds(binary: Uint8Array): number[] {
  const kinds: number[] = [];
  for (let at = 8; at < binary.length; ) {
    kinds.push(binary[at++]!);
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = binary[at++]!;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    at += length;
  }
  return kinds;
}
