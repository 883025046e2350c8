import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildPages } from '../headless/shells/host/build-pages.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Where the npm package, `npm start` and the packager of the desktop app find what was built. */
export const APP_FOLDER = path.join(ROOT, 'dist/app');
/** What is read at run time, besides JavaScript: the pages, the shipped model, the icon of the window. */
const READ_WHILE_RUNNING = ['dist/renderer', 'models/default', 'electron/resources/icons/256x256.png'];
/** Folders in which modules find data beside them, and of what kinds it is. */
const WITH_DATA = ['sim', 'datasets', 'models', 'evaluation', 'headless'];
const DATA = /\.(json|py|csv|wasm)$/;

/**
 * Builds all that runs without TypeScript (the command line, the host, the library, the desktop app's main process) and the
 * pages into one folder, laid out as the sources are.
 * @param onBuild called before the pages are built, which takes some seconds
 */
export async function buildApp(folder: string = APP_FOLDER, onBuild?: () => void): Promise<void> {
  await buildPages(onBuild);
  await rm(folder, { recursive: true, force: true });
  await compile(folder);
  const { name, version, description, license, type, engines } = await readAbout();
  const about = { name, version, description, license, type, engines, main: 'electron/main.js' };
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
  for (const place of [...READ_WHILE_RUNNING, ...(await dataFiles())]) {
    await mkdir(path.dirname(path.join(folder, place)), { recursive: true });
    await cp(path.join(ROOT, place), path.join(folder, place), { recursive: true });
  }
}

async function compile(folder: string): Promise<void> {
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = path.join(path.dirname(compiler), 'bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', 'packaging', '--outDir', folder], { cwd: ROOT });
}

async function readAbout(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
}

/** Data that lies beside modules, from the root; what only tests read is left out. */
async function dataFiles(): Promise<string[]> {
  const found: string[] = [];
  for (const top of WITH_DATA) {
    const names = await readdir(path.join(ROOT, top), { recursive: true });
    found.push(...names.filter((name) => DATA.test(name) && !isOfTests(name)).map((name) => path.join(top, name)));
  }
  return found;
}

function isOfTests(name: string): boolean {
  return name.split(path.sep).some((part) => part === 'testing' || /\.test\./.test(part));
}
