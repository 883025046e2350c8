import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** What is installed of Electron: its npm package comes without the program, which it fetches when first asked. */
export interface InstalledElectron {
  readonly version: string;
  /** The program, once it is there. */
  readonly program?: string;
}

/** @returns undefined where not even the package is installed */
export function findElectron(): InstalledElectron | undefined {
  const require = createRequire(import.meta.url);
  let folder: string;
  try {
    folder = path.dirname(require.resolve('electron/package.json'));
  } catch {
    return undefined;
  }
  const { version } = require(path.join(folder, 'package.json')) as { version: string };
  const pathFile = path.join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const program = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist'), name);
  return existsSync(program) ? { version, program } : { version };
}
