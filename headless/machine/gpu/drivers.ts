import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { unpackSwiftShader } from './swiftshader.ts';

/** A Vulkan driver that can be made visible to Dawn. */
export interface Driver {
  /** Stable name: `system`, `swiftshader`, `electron`, `playwright`, `chromium`, or the path that was given. */
  readonly id: string;
  /** In words, as shown to people. */
  readonly name: string;
  /** File that describes the driver to the Vulkan loader; undefined: what the loader finds by itself. */
  readonly icd?: string;
  /** Vulkan loader shipped beside it, for systems without one. */
  readonly loader?: string;
}

/** The system's own: on Linux what its Vulkan loader offers, elsewhere Metal or Direct3D. */
export const SYSTEM: Driver = { id: 'system', name: 'system' };

/** The driver that this file describes; the loader beside it serves where the system has none. */
export function driverFromFile(icd: string, id = icd, name = icd): Driver {
  const loader = path.join(path.dirname(icd), 'libvulkan.so.1');
  return existsSync(loader) ? { id, name, icd, loader } : { id, name, icd };
}

/** SwiftShader as unpacked from the npm package; undefined when the package has none for this machine. */
export async function npmSwiftShader(): Promise<Driver | undefined> {
  const folder = await unpackSwiftShader();
  if (folder === undefined) return undefined;
  return driverFromFile(path.join(folder, 'vk_swiftshader_icd.json'), 'swiftshader', 'SwiftShader (npm)');
}

/** SwiftShader as it lies in installed browsers. */
export function browserSwiftShaders(): Driver[] {
  const found: Driver[] = [];
  for (const { id, folder } of browserFolders()) {
    const icd = path.join(folder, 'vk_swiftshader_icd.json');
    if (existsSync(icd)) found.push(driverFromFile(icd, id, `SwiftShader (${folder})`));
  }
  return found;
}

function browserFolders(): { id: string; folder: string }[] {
  const folders: { id: string; folder: string }[] = [];
  // Inside the desktop app it lies beside the program that runs.
  if (process.versions.electron) folders.push({ id: 'electron', folder: path.dirname(process.execPath) });
  const electron = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? packageFolder('electron', 'dist');
  if (electron) folders.push({ id: 'electron', folder: electron });
  const playwright = process.env.PLAYWRIGHT_BROWSERS_PATH ?? path.join(os.homedir(), '.cache', 'ms-playwright');
  for (const browser of listFolder(playwright).filter((name) => name.startsWith('chromium'))) {
    for (const build of listFolder(path.join(playwright, browser))) {
      folders.push({ id: 'playwright', folder: path.join(playwright, browser, build) });
    }
  }
  for (const folder of [
    '/usr/lib/chromium',
    '/usr/lib64/chromium-browser',
    '/usr/lib/chromium-browser',
    '/opt/google/chrome',
    '/opt/microsoft/msedge',
  ]) {
    folders.push({ id: 'chromium', folder });
  }
  return folders;
}

function packageFolder(name: string, inside: string): string | undefined {
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), inside);
  } catch {
    return undefined;
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).sort().reverse();
  } catch {
    return [];
  }
}
