import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Where `npm start` and the packager find the app. */
export const APP_FOLDER = path.join(ROOT, 'dist/app');
/** What the app reads while it runs, besides its JavaScript: the pages, the shipped model, the suites, the icon of its window. */
const READ_WHILE_RUNNING = [
  'dist/renderer',
  'models/default',
  'evaluation/suites',
  'electron/resources/icons/256x256.png',
];
/** Sources, which are compiled. */
const SOURCE = /\.tsx?$/;

/**
 * Writes the main process and the host as JavaScript, with all that they read, into a folder. The pages must have been
 * built.
 */
export async function buildApp(folder: string = APP_FOLDER): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = path.join(path.dirname(compiler), 'bin/tsc');
  const options = ['-p', 'electron/tsconfig.build.json', '--outDir', folder];
  await promisify(execFile)(process.execPath, [tsc, ...options], { cwd: ROOT });
  const about = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ ...about, main: 'electron/main.js' }, null, 2));
  for (const place of READ_WHILE_RUNNING) {
    await mkdir(path.dirname(path.join(folder, place)), { recursive: true });
    await cp(path.join(ROOT, place), path.join(folder, place), {
      recursive: true,
      filter: (file) => !SOURCE.test(file),
    });
  }
}
