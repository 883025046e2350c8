import { readFile, rename, writeFile } from 'node:fs/promises';
import { compileKernels, SOURCES } from './compile.ts';

// Compiles source/*.as into binary.ts; run it after every change: `npm run build:kernels`.
const folder = new URL('./', import.meta.url);
const sources = new Map<string, string>();
for (const name of SOURCES) sources.set(name, await readFile(new URL(`source/${name}.as`, folder), 'utf8'));
const binary = await compileKernels(sources);
const lines =
  Buffer.from(binary)
    .toString('base64')
    .match(/.{1,110}/g) ?? [];
const text = `/** The compiled kernels (source/*.as), base64; made by build.ts, a test compares them. */
export const KERNEL_BINARY = [
${lines.map((line) => `  '${line}',\n`).join('')}].join('');
`;
const target = new URL('binary.ts', folder);
await writeFile(new URL('binary.ts.tmp', folder), text);
await rename(new URL('binary.ts.tmp', folder), target);
process.stdout.write(`${binary.length} bytes\n`);
