import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The npm package, installed where nothing else is. */
export interface InstalledPackage {
  /** An empty folder but for its `node_modules`. */
  readonly folder: string;
  /** The command, as npm links it. */
  readonly program: string;
  remove(): Promise<void>;
}

/**
 * Packs the package as `npm publish` would, which builds it, and installs it without development packages.
 * @returns the reason where no registry can be reached
 */
export async function installPackage(): Promise<InstalledPackage | string> {
  const top = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-package-'));
  const remove = () => rm(top, { recursive: true, force: true });
  try {
    await npm(['pack', '--pack-destination', top], ROOT);
    const tarball = (await readdir(top)).find((name) => name.endsWith('.tgz'))!;
    const folder = path.join(top, 'folder');
    await mkdir(folder);
    await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'somebody', private: true }));
    const quietly = ['--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'];
    await npm(['install', ...quietly, path.join(top, tarball)], folder);
    return { folder, program: path.join(folder, 'node_modules/.bin/wheelhouse'), remove };
  } catch (error) {
    await remove();
    const { stderr = '' } = error as { stderr?: string };
    const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT)\b/.exec(stderr)?.[0];
    if (unreachable !== undefined) return `the npm registry cannot be reached (${unreachable})`;
    throw error;
  }
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  // What an npm that runs us says of its own package must not lead this one there.
  const env = Object.entries(process.env).filter(
    ([name]) => !/^(INIT_CWD|npm_(package_.*|config_local_prefix))$/i.test(name),
  );
  const shell = process.platform === 'win32';
  await promisify(execFile)('npm', args, { cwd, env: Object.fromEntries(env), shell, maxBuffer: 1 << 24 });
}
