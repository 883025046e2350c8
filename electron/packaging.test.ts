import { mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EvaluationCalls } from '../headless/shells/host/jobs/evaluation-process.ts';
import { buildApp } from '../packaging/build-app.ts';
import { Caller } from '../sim/calls/caller.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFile(path.join(ROOT, file), 'utf8');
const about = JSON.parse(await read('package.json'));
const config = parse(await read('electron/electron-builder.yml'));

let app: string;
beforeAll(async () => {
  app = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-app-'));
  await buildApp(app);
}, 300_000);
afterAll(() => rm(app, { recursive: true, force: true }));

/** Packages that the JavaScript of the app imports by name, each with one file that does. */
async function importedPackages(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(app, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile() || !file.endsWith('.js') || file.includes('/dist/renderer/')) continue;
    const source = await readFile(file, 'utf8');
    for (const [, specifier] of source.matchAll(/(?:^|[;}\s])(?:from|import)\s*\(?\s*['"]([^'"./][^'"\n]*)['"]/g)) {
      const name = specifier!.split('/', specifier!.startsWith('@') ? 2 : 1).join('/');
      if (!isBuiltin(specifier!)) found.set(name, path.relative(app, file));
    }
  }
  return found;
}

describe('the packaged app', () => {
  it('holds everything that it imports', async () => {
    const packages = await importedPackages();
    expect(packages.size).toBeGreaterThan(10);
    const brought = { ...about.dependencies, ...about.optionalDependencies, electron: '' };
    const excluded = config.files
      .filter((rule: unknown) => typeof rule === 'string' && rule.startsWith('!node_modules/'))
      .map((rule: string) => rule.slice('!node_modules/'.length));
    for (const [name, file] of packages) {
      expect(Object.keys(brought), `${file} imports ${name}`).toContain(name);
      const isOut = excluded.some((one: string) => name === one || name.startsWith(`${one}/`));
      expect(isOut, `${file} imports ${name}, which the packager leaves out`).toBe(false);
    }
  });

  it('holds what it reads: the pages, the shipped model, the suites, the icon of its window', async () => {
    for (const file of [
      'electron/main.js',
      'dist/renderer/index.html',
      'models/default/model.json',
      'models/default/weights.bin',
      'evaluation/suites/smoke.json',
      'electron/resources/icons/256x256.png',
      'package.json',
    ]) {
      expect((await stat(path.join(app, file))).size, file).toBeGreaterThan(0);
    }
    const wasm = (await readdir(path.join(app, 'dist/renderer/assets'))).filter((name) => name.endsWith('.wasm'));
    expect(wasm.length).toBeGreaterThan(0);
    expect(config.files).toContainEqual({ from: 'dist/app', to: '.', filter: ['**/*', '!package.json', '!**/*.d.ts'] });
    expect(config.extraMetadata.main).toBe('electron/main.js');
    expect(config.electronVersion).toBe(about.devDependencies.electron);
  });

  it('evaluates as plain JavaScript, without what runs TypeScript', async () => {
    await symlink(path.join(ROOT, 'node_modules'), path.join(app, 'node_modules'));
    const out = path.join(app, 'evaluation');
    const load = (file: string) => import(pathToFileURL(path.join(app, file)).href);
    const { forkChild, peerOf }: typeof import('../headless/machine/processes/child.ts') = await load(
      'headless/machine/processes/child.js',
    );
    // Named by its source, which is not there.
    const child = forkChild(pathToFileURL(path.join(app, 'headless/shells/host/jobs/evaluation-process.ts')));
    const caller = new Caller<EvaluationCalls>(peerOf(child, (how) => new Error(`it ended with ${how}`)));
    const { openNamedSuite }: typeof import('../headless/work/suites/open-suite.ts') = await load(
      'headless/work/suites/open-suite.js',
    );
    const suite = await openNamedSuite('smoke');
    await caller.call('evaluate', { driver: 'expert', model: 'expert', suite, out }).finally(() => caller.end());
    const { summary } = JSON.parse(await readFile(path.join(out, 'evaluation.json'), 'utf8'));
    expect(summary).toMatchObject({ completed: 1, interventions: 0 });
  });

  it('is locked: no Node by the back door, and only its own archive is run', () => {
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config.asar).toBe(true);
  });

  it('comes for Linux, macOS and Windows, each with its icons', async () => {
    expect([config.linux.target, config.mac.target, config.win.target]).toEqual([
      ['AppImage', 'deb'],
      ['dmg'],
      ['nsis'],
    ]);
    const resources = path.join(ROOT, config.directories.buildResources);
    for (const name of await readdir(path.join(resources, config.linux.icon))) {
      const { width, height, format } = await sharp(path.join(resources, config.linux.icon, name)).metadata();
      expect(`${width}x${height}.${format}`).toBe(name);
    }
    const windows = await readFile(path.join(ROOT, config.win.icon));
    // ICO: reserved 0, kind 1 (icon), how many; then 16 bytes each, the first two width and height, where 0 is 256.
    const sides = Array.from({ length: windows.readUInt16LE(4) }, (_, i) => windows[6 + 16 * i] || 256);
    expect([windows.readUInt16LE(2), Math.min(...sides), Math.max(...sides)]).toEqual([1, 16, 256]);
    const mac = await readFile(path.join(ROOT, config.mac.icon));
    // ICNS: `icns` and the length of the whole file; then entries of a kind and a length. `ic09` is 512 px.
    expect([mac.toString('latin1', 0, 4), mac.readUInt32BE(4)]).toEqual(['icns', mac.length]);
    const kinds: string[] = [];
    for (let at = 8; at < mac.length; at += mac.readUInt32BE(at + 4)) kinds.push(mac.toString('latin1', at, at + 4));
    expect(kinds).toEqual(expect.arrayContaining(['icp4', 'ic07', 'ic09']));
  });
});
