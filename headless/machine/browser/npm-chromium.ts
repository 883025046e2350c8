import { createReadStream, createWriteStream } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-stream';

/** A Chromium that was unpacked. */
export interface UnpackedChromium {
  readonly program: string;
  /** Folder with the system libraries that it needs (NSS, NSPR, Expat), for systems that lack them. */
  readonly libraries: string;
}

/**
 * Unpacks the Chromium of the npm package `@sparticuz/chromium`, with SwiftShader and a Vulkan loader beside it, once
 * per version, into the user's cache folder. The package itself unpacks into the system's temporary folder, where two
 * programs that do so at once, or another user, would be in each other's way.
 * @returns undefined where the package is absent or made for another kind of machine
 */
export async function unpackChromium(): Promise<UnpackedChromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const source = packageFolder();
  if (source === undefined) return undefined;
  const { size, mtimeMs } = await stat(path.join(source, 'chromium.br'));
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'wheelhouse');
  const folder = path.join(cache, `chromium-${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`);
  const program = path.join(folder, 'chromium');
  const unpackedChromium = { program, libraries: path.join(folder, 'lib') };
  if (await exists(program)) return unpackedChromium;

  await mkdir(cache, { recursive: true, mode: 0o700 });
  const fresh = await mkdtemp(path.join(cache, 'chromium.tmp-'));
  try {
    const unpacked = path.join(fresh, 'chromium');
    await pipeline(
      createReadStream(path.join(source, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(unpacked, { mode: 0o755 }),
    );
    await chmod(unpacked, 0o755);
    await unpackArchive(path.join(source, 'swiftshader.tar.br'), fresh);
    await unpackArchive(path.join(source, 'fonts.tar.br'), fresh);
    await unpackArchive(path.join(source, 'al2023.tar.br'), fresh);
    // Whoever renames first wins; the others find a complete folder in its place.
    await rename(fresh, folder).catch(() => undefined);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return (await exists(program)) ? unpackedChromium : undefined;
}

async function unpackArchive(archive: string, folder: string): Promise<void> {
  const entries = createReadStream(archive).pipe(createBrotliDecompress()).pipe(extract());
  for await (const entry of entries) {
    const target = path.resolve(folder, entry.header.name);
    if (!target.startsWith(folder + path.sep)) throw new Error(`${archive}: ${entry.header.name} leads out of it`);
    await mkdir(path.dirname(target), { recursive: true });
    if (entry.header.type === 'file') await pipeline(entry, createWriteStream(target, { mode: 0o755 }));
    else entry.resume();
  }
}

function packageFolder(): string | undefined {
  try {
    // build/cjs/index.cjs → bin/
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    return path.resolve(path.dirname(entry), '..', '..', 'bin');
  } catch {
    return undefined;
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
