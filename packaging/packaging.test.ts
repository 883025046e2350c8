import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EvaluationCalls } from '../headless/shells/host/jobs/evaluation-process.ts';
import { runProgram, saidOnStderr, startProgram } from '../headless/testing/run-program.ts';
import { openNamedSuite } from '../headless/work/suites/open-suite.ts';
import { Caller } from '../sim/calls/caller.ts';
import { APP_FOLDER } from './build-app.ts';
import { type InstalledPackage, installPackage } from './testing/installed-package.ts';

/** An install and an evaluation take minutes on a machine that does other things. */
const PATIENCE = 900_000;
const ROOT = path.resolve(import.meta.dirname, '..');
const about = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
const installers = parse(await readFile(path.join(ROOT, 'electron/electron-builder.yml'), 'utf8'));
/** Who measures brings a browser's remote control himself; Electron is around its app. */
const MAY_LACK = ['playwright', 'electron'];

let result: InstalledPackage | string;
beforeAll(async () => {
  result = await installPackage();
}, PATIENCE);
afterAll(() => (typeof result === 'string' ? undefined : result?.remove()));

describe('what is built', () => {
  it('imports nothing that is not installed with it', async () => {
    const packages = await importedPackages();
    expect(packages.size).toBeGreaterThan(10);
    const brought = Object.keys({ ...about.dependencies, ...about.optionalDependencies });
    const excluded = installers.files
      .filter((rule: unknown) => typeof rule === 'string' && rule.startsWith('!node_modules/'))
      .map((rule: string) => rule.slice('!node_modules/'.length));
    for (const [name, file] of packages) {
      expect([...brought, ...MAY_LACK], `${file} imports ${name}`).toContain(name);
      const isOut = excluded.some((one: string) => name === one || name.startsWith(`${one}/`));
      expect(isOut, `${file} imports ${name}, which the installers leave out`).toBe(false);
    }
  });

  it('holds what it reads: the pages, the shipped model, the suites, the icon of the window', async () => {
    for (const file of [
      'electron/main.js',
      'dist/renderer/index.html',
      'models/default/model.json',
      'models/default/weights.bin',
      'evaluation/suites/smoke.json',
      'electron/resources/icons/256x256.png',
      'package.json',
    ]) {
      expect((await stat(path.join(APP_FOLDER, file))).size, file).toBeGreaterThan(0);
    }
    const assets = await readdir(path.join(APP_FOLDER, 'dist/renderer/assets'));
    expect(assets.filter((name) => name.endsWith('.wasm'))).not.toEqual([]);
  });

  it('evaluates in a process of its own, without what runs TypeScript', async () => {
    const out = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-built-'));
    const load = (file: string) => import(pathToFileURL(path.join(APP_FOLDER, file)).href);
    const { forkChild, peerOf }: typeof import('../headless/machine/processes/child.ts') = await load(
      'headless/machine/processes/child.js',
    );
    // Named by its source, which is not there.
    const child = forkChild(pathToFileURL(path.join(APP_FOLDER, 'headless/shells/host/jobs/evaluation-process.ts')));
    const caller = new Caller<EvaluationCalls>(peerOf(child, (how) => new Error(`it ended with ${how}`)));
    await caller
      .call('evaluate', { driver: 'expert', model: 'expert', suite: await openNamedSuite('smoke'), out })
      .finally(() => caller.end());
    const { summary } = JSON.parse(await readFile(path.join(out, 'evaluation.json'), 'utf8'));
    await rm(out, { recursive: true });
    expect(summary).toMatchObject({ completed: 1, interventions: 0 });
  });
});

describe('the npm package, installed', () => {
  let installed: InstalledPackage;
  beforeEach(({ skip }) => {
    if (typeof result === 'string') skip(result);
    else installed = result;
  });
  const wheelhouse = (...args: string[]) => runProgram(installed.program, args, { cwd: installed.folder });

  it('has no sources, no tests and nothing that runs TypeScript', async () => {
    const packages = path.join(installed.folder, 'node_modules');
    const files = await readdir(path.join(packages, about.name), { recursive: true });
    expect(files).toContain(path.join('dist/app/dist/renderer/index.html'));
    expect(files.filter((file) => /(?<!\.d)\.tsx?$|\.test\.|\.map$|(^|\/)testing(\/|$)/.test(file))).toEqual([]);
    const others = await readdir(packages);
    expect(
      others.filter((name) => ['tsx', 'esbuild', 'typescript', 'vite', 'vitest', 'electron'].includes(name)),
    ).toEqual([]);
  });

  it('examines the machine', async () => {
    const { code, stdout, stderr } = await wheelhouse('doctor', '--json');
    expect(code, stderr).toBe(0);
    // Each driver is tried in a process of its own.
    expect(JSON.parse(stdout).gpu.entries.some(({ accepted }: { accepted: boolean }) => accepted)).toBe(true);
  });

  it('lets the shipped model drive', { timeout: PATIENCE }, async () => {
    const { code, stderr } = await wheelhouse('evaluate', 'default', '--suite', 'smoke', '--json', '--require', '90');
    expect(code, stderr).toBe(0);
  });

  it('records, and learns from it in threads', { timeout: PATIENCE }, async () => {
    const record = await wheelhouse('record', '--track', 'country:7', '--route', '60', '--out', 'drive');
    expect(record.code, record.stderr).toBe(0);
    const train = await wheelhouse('train', 'drive', '--out', 'mine', '--epochs', '1', '--backend', 'wasm');
    expect(train.code, train.stderr).toBe(0);
    expect(await readdir(path.join(installed.folder, 'mine'))).toContain('model.json');
  });

  it('serves its pages', async () => {
    const library = path.join(installed.folder, 'library');
    const args = ['serve', '--port', '0', '--no-open', '--json', '--library', library];
    const { child, ended } = startProgram(installed.program, args, { cwd: installed.folder });
    let stdout = '';
    child.stdout.on('data', (piece) => {
      stdout += piece;
    });
    await saidOnStderr(child, 'Ctrl-C stops it');
    const { url } = JSON.parse(stdout);
    const { origin } = new URL(url);
    const cookie = (await fetch(url, { redirect: 'manual' })).headers.get('set-cookie')!.split(';')[0]!;
    const page = await (await fetch(`${origin}/`, { headers: { cookie } })).text();
    const script = /<script type="module"[^>]* src="\.?\/?([^"]+)"/.exec(page)![1];
    expect((await fetch(`${origin}/${script}`, { headers: { cookie } })).status).toBe(200);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
  });

  it('is a library, with types', async () => {
    const source = `import { createExpert, driveEpisode, openTrack } from '${about.name}';
const id: string = (await openTrack('country:7')).id;
const { result } = await driveEpisode({ track: id, driver: () => createExpert(), route: 30 });
console.log(id, result.completed);\n`;
    await writeFile(path.join(installed.folder, 'script.mts'), source);
    await writeFile(path.join(installed.folder, 'script.mjs'), source.replace(': string', ''));
    const ran = await runProgram(path.join(installed.folder, 'script.mjs'), [], { cwd: installed.folder });
    expect([ran.stdout, ran.stderr]).toEqual(['country:7 1\n', '']);
    const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
    // TensorFlow.js' own declarations do not pass a strict check.
    const options = [
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--strict',
      '--skipLibCheck',
      '--noEmit',
      '--types',
      '',
    ];
    await promisify(execFile)(process.execPath, [tsc, ...options, 'script.mts'], { cwd: installed.folder });
  });
});

/** `from 'zod/v4'`, `import('three')`; what begins with `node:` or a dot is no package. */
const IMPORT = /(?:^|[;}\s])(?:from|import)\s*\(?\s*['"]((?:@[\w.-]+\/)?[a-z][\w.-]*(?:\/[\w./-]+)?)['"]/g;

/** Packages that the JavaScript imports by name, each with one file that does. */
async function importedPackages(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(APP_FOLDER, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile() || !file.endsWith('.js') || file.includes('/dist/renderer/')) continue;
    const source = (await readFile(file, 'utf8')).replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, specifier] of source.matchAll(IMPORT)) {
      const name = specifier!.split('/', specifier!.startsWith('@') ? 2 : 1).join('/');
      if (!isBuiltin(specifier!)) found.set(name, path.relative(APP_FOLDER, file));
    }
  }
  return found;
}
