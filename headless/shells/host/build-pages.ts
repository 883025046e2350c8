import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { Refusal } from '../../../sim/refusal.ts';
import { FROM_SOURCE } from '../../machine/processes/own-module.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** What the pages are made of. */
const SOURCES = ['renderer', 'host-api', 'evaluation', 'models', 'datasets', 'sim', 'package-lock.json'];

/** Folder with the built pages. */
export const PAGES_FOLDER = path.join(ROOT, 'dist/renderer');

/**
 * Makes sure that the pages are built and no older than what they are made of.
 * @param onBuild called before a build, which takes some seconds
 * @throws Refusal `no-pages` when they cannot be built
 */
export async function buildPages(onBuild: () => void = () => {}): Promise<void> {
  const built = await stat(path.join(PAGES_FOLDER, 'index.html')).catch(() => undefined);
  // What was installed brings its pages; a Vite that is found there is somebody else's.
  const vite = FROM_SOURCE ? findVite() : undefined;
  if (built && (vite === undefined || (await newest()) <= built.mtimeMs)) return;
  if (vite === undefined) throw noPages('Vite, which builds them, is not installed');
  onBuild();
  try {
    // A process of its own: Vite changes the working directory's environment, and its memory is given back.
    await promisify(execFile)(process.execPath, [vite, 'build', '--config', 'renderer/vite.config.ts'], { cwd: ROOT });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    // Vite's report goes over many lines; the first that names a fault says most.
    const lines = stripVTControlCharacters(stderr).split('\n');
    const fault = lines.find((line) => /^\[[A-Z_]+\]|error:/i.test(line) && !/during build/.test(line));
    throw noPages(fault?.trim() || message.split('\n')[0]!);
  }
}

function noPages(why: string): Refusal {
  return new Refusal(
    'no-pages',
    'dist/renderer',
    `the pages cannot be built (${why})`,
    'type: npm ci && npm run build',
  );
}

function findVite(): string | undefined {
  try {
    const about = createRequire(import.meta.url).resolve('vite/package.json');
    const entry = path.join(path.dirname(about), 'bin/vite.js');
    return existsSync(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** When the newest source was changed [ms since 1970]. */
async function newest(): Promise<number> {
  let time = 0;
  for (const source of SOURCES) {
    const top = path.join(ROOT, source);
    const about = await stat(top).catch(() => undefined);
    if (about === undefined) continue;
    time = Math.max(time, about.isFile() ? about.mtimeMs : 0);
    if (!about.isDirectory()) continue;
    for (const entry of await readdir(top, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || /\.test\.tsx?$/.test(entry.name)) continue;
      const file = await stat(path.join(entry.parentPath ?? entry.path, entry.name)).catch(() => undefined);
      time = Math.max(time, file?.mtimeMs ?? 0);
    }
  }
  return time;
}
