/**
 * `npm start`: the desktop app, or where Electron's binary cannot be had, the web app.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { findElectron } from '../headless/doctor/find-electron.ts';
import { buildPages } from '../headless/host/build-pages.ts';
import { Refusal } from '../sim/refusal.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const APP = path.join(ROOT, 'dist/app');
/** Fetching the binary may take this long before the web app is opened instead [ms]. */
const PATIENCE = 300_000;
const run = promisify(execFile);

/** Asks Electron's package to fetch its binary; returns why that did not work. */
async function fetchElectron(): Promise<string | undefined> {
  try {
    const installer = createRequire(import.meta.url).resolve('electron/install.js');
    await run(process.execPath, [installer], { timeout: PATIENCE });
    return undefined;
  } catch (error) {
    const { code, stderr = '', message } = error as Error & { code?: unknown; stderr?: string };
    if (code === 'MODULE_NOT_FOUND') return 'its package is not installed';
    const line = stderr.split('\n').find((text) => /error/i.test(text)) ?? message.split('\n')[0]!;
    return line.trim();
  }
}

/** Writes the main process as JavaScript, beside the pages, as it is also packaged. */
async function buildApp(): Promise<void> {
  await rm(APP, { recursive: true, force: true });
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = path.join(path.dirname(compiler), 'bin/tsc');
  await run(process.execPath, [tsc, '-p', 'electron/tsconfig.build.json'], { cwd: ROOT });
  const about = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  await writeFile(path.join(APP, 'package.json'), JSON.stringify({ ...about, main: 'electron/main.js' }, null, 2));
  await cp(path.join(ROOT, 'dist/renderer'), path.join(APP, 'dist/renderer'), { recursive: true });
  const model = path.join(ROOT, 'models/default');
  if (existsSync(model)) await cp(model, path.join(APP, 'models/default'), { recursive: true });
}

async function start(args: string[]): Promise<number> {
  let program = findElectron()?.program;
  let reason: string | undefined;
  if (program === undefined) {
    reason = await fetchElectron();
    program = findElectron()?.program;
  }
  if (args.includes('--build') || program !== undefined) {
    await buildPages(() => console.error('building the pages, once'));
    await buildApp();
  }
  if (args.includes('--build')) return 0;
  if (program === undefined) {
    console.error(
      `Electron cannot be had here (${reason ?? 'no binary for this machine'}); opening the web app instead`,
    );
    return wait(process.execPath, [path.join(ROOT, 'headless/bin/wheelhouse.mjs'), 'serve', ...args]);
  }
  return wait(program, [APP, ...args]);
}

function wait(program: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    // The terminal tells the child of Ctrl-C as well; it decides when it is done.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

try {
  process.exit(await start(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`refused: ${error.message}`);
  process.exit(1);
}
