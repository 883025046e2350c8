/**
 * `npm start`: the desktop app, or where Electron's binary cannot be had, the web app.
 */
import { execFile, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { findElectron } from '../headless/machine/doctor/find-electron.ts';
import { APP_FOLDER, buildApp } from '../packaging/build-app.ts';
import { Refusal } from '../sim/refusal.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
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

async function start(args: string[]): Promise<number> {
  let program = findElectron()?.program;
  let reason: string | undefined;
  if (program === undefined) {
    reason = await fetchElectron();
    program = findElectron()?.program;
  }
  if (args.includes('--build') || program !== undefined) {
    await buildApp(APP_FOLDER, () => console.error('building the pages, once'));
  }
  if (args.includes('--build')) return 0;
  if (program === undefined) {
    console.error(
      `Electron cannot be had here (${reason ?? 'no binary for this machine'}); opening the web app instead`,
    );
    return wait(process.execPath, [path.join(ROOT, 'headless/bin/wheelhouse.mjs'), 'serve', ...args]);
  }
  return wait(program, [APP_FOLDER, ...args]);
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
