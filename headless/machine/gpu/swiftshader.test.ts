import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackSwiftShader } from './swiftshader.ts';

const suits = process.platform === 'linux' && process.arch === 'x64';

describe.skipIf(!suits)('SwiftShader from npm (Linux on x64 only)', () => {
  const before = process.env.XDG_CACHE_HOME;
  let cache: string;

  beforeEach(async () => {
    cache = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-cache-'));
    process.env.XDG_CACHE_HOME = cache;
  });

  afterEach(async () => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    await rm(cache, { recursive: true });
  });

  it('is unpacked once, whole, however many ask at once', async () => {
    const folders = await Promise.all([1, 2, 3, 4].map(() => unpackSwiftShader()));
    expect(new Set(folders).size).toBe(1);
    const files = await readdir(folders[0]!);
    expect(files.sort()).toEqual(['libvk_swiftshader.so', 'libvulkan.so.1', 'vk_swiftshader_icd.json']);
    // The library is an ELF file and the description names it.
    const library = await readFile(path.join(folders[0]!, 'libvk_swiftshader.so'));
    expect(library.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    const icd = JSON.parse(await readFile(path.join(folders[0]!, 'vk_swiftshader_icd.json'), 'utf8'));
    expect(icd.ICD.library_path).toContain('libvk_swiftshader.so');
    expect((await readdir(path.join(cache, 'wheelhouse'))).length).toBe(1);
  });

  it('goes to the temporary folder when the cache cannot be written', async () => {
    // A file where a folder should be: nobody, not even root, can write below it.
    process.env.XDG_CACHE_HOME = path.join(cache, 'a file');
    await writeFile(process.env.XDG_CACHE_HOME, '');
    const folder = await unpackSwiftShader();
    expect(folder?.startsWith(os.tmpdir())).toBe(true);
  });
});
