import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '../../../sim/refusal.ts';
import { unpackChromium } from './npm-chromium.ts';

export interface FoundBrowser {
  /** Path of the program. */
  readonly program: string;
  /** Where it comes from, in words. */
  readonly source: string;
  /** `Chromium 147.0.7727.0` */
  readonly version: string;
  /** What its environment needs beyond ours. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Finds a Chromium that starts: WHEELHOUSE_CHROMIUM, else an installed Chrome, Chromium or Playwright browser, else the
 * one in the npm package `@sparticuz/chromium`.
 * @throws Refusal `no-browser` that says what to type
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const asked = process.env.WHEELHOUSE_CHROMIUM;
  if (asked) {
    const version = await versionOf(asked).catch((error: Error) => {
      throw noBrowser(`WHEELHOUSE_CHROMIUM=${asked}`, reasonOf(error), 'name a Chromium that starts, or unset it');
    });
    return { program: asked, source: 'WHEELHOUSE_CHROMIUM', version, environment: {} };
  }
  for (const { program, source } of [...installed(), ...(await playwrights())]) {
    const version = await versionOf(program).catch(() => undefined);
    if (version !== undefined) return { program, source, version, environment: {} };
  }
  const unpacked = await unpackChromium();
  if (unpacked === undefined) {
    throw noBrowser(
      'Chromium',
      'none is installed, and npm brings none for this machine',
      'install Chrome or Chromium, or name one with WHEELHOUSE_CHROMIUM',
    );
  }
  const { program, libraries } = unpacked;
  let failure = new Error();
  // The system's own libraries are the better ones; those of the package are for systems without.
  for (const environment of [{}, { LD_LIBRARY_PATH: libraries }]) {
    try {
      return { program, source: 'npm', version: await versionOf(program, environment), environment };
    } catch (error) {
      failure = error as Error;
    }
  }
  throw noBrowser('Chromium from npm', reasonOf(failure), 'type: sudo apt-get install libnss3 libnspr4 libexpat1');
}

function installed(): { program: string; source: string }[] {
  const found = (programs: string[]) => programs.map((program) => ({ program, source: 'installed' }));
  if (process.platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return found(names.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`));
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const tails = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return found(roots.flatMap((root) => (root ? tails.map((tail) => path.join(root, tail)) : [])));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return found(names.flatMap((name) => folders.map((folder) => path.join(folder, name))));
}

async function playwrights(): Promise<{ program: string; source: string }[]> {
  const cache =
    process.platform === 'darwin'
      ? path.join(os.homedir(), 'Library/Caches')
      : process.platform === 'win32'
        ? (process.env.LOCALAPPDATA ?? '')
        : path.join(os.homedir(), '.cache');
  const asked = process.env.PLAYWRIGHT_BROWSERS_PATH;
  const folder = asked && asked !== '0' ? asked : path.join(cache, 'ms-playwright');
  const builds = (await readdir(folder).catch(() => [])).filter((name) => /^chromium-\d+$/.test(name)).sort();
  const tails = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-win/chrome.exe',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ];
  return builds
    .reverse()
    .flatMap((build) => tails.map((tail) => ({ program: path.join(folder, build, tail), source: 'Playwright' })));
}

/** Starting it is the only proof that all its libraries are there. */
async function versionOf(program: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  await access(program, constants.X_OK);
  // Chrome on Windows opens a window instead of saying its version.
  if (process.platform === 'win32') return path.basename(program, '.exe');
  const { stdout } = await promisify(execFile)(program, ['--version'], {
    timeout: 20_000,
    env: { ...process.env, ...environment },
  });
  return stdout.trim().split('\n')[0]!;
}

function reasonOf(error: Error & { stderr?: string; code?: unknown }): string {
  if (error.code === 'ENOENT') return 'there is no such program';
  return (error.stderr?.trim() || error.message).split('\n').at(-1)!;
}

function noBrowser(where: string, what: string, mend: string): Refusal {
  return new Refusal('no-browser', where, what, mend);
}
