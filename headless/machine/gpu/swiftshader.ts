import { createReadStream } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-stream';
import { cacheFolders } from '../cache/cache-folders.ts';

const NEEDED = ['libvk_swiftshader.so', 'libvulkan.so.1', 'vk_swiftshader_icd.json'];

/**
 * Unpacks SwiftShader (Google's Vulkan driver for the processor) and a Vulkan loader from the npm package
 * `@sparticuz/chromium`, once per version, into the user's cache folder.
 * @returns the folder; undefined where the package is absent or made for another kind of machine
 */
export async function unpackSwiftShader(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const archive = findArchive();
  if (!archive) return undefined;
  const { size, mtimeMs } = await stat(archive);
  const name = `swiftshader-${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`;
  for (const cache of cacheFolders()) {
    const folder = path.join(cache, name);
    if (await complete(folder)) return folder;
    try {
      await mkdir(cache, { recursive: true, mode: 0o700 });
      const fresh = await mkdtemp(path.join(cache, `${name}.tmp-`));
      try {
        await unpack(archive, fresh);
        // Whoever renames first wins; the others find a complete folder in its place.
        await rename(fresh, folder).catch(() => undefined);
      } finally {
        await rm(fresh, { recursive: true, force: true });
      }
    } catch {
      continue;
    }
    if (await complete(folder)) return folder;
  }
  return undefined;
}

function findArchive(): string | undefined {
  try {
    // build/cjs/index.cjs → bin/
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    return path.resolve(path.dirname(entry), '..', '..', 'bin', 'swiftshader.tar.br');
  } catch {
    return undefined;
  }
}

async function complete(folder: string): Promise<boolean> {
  try {
    const owner = (await stat(folder)).uid;
    if (owner !== os.userInfo().uid && owner !== 0) return false;
    await Promise.all(NEEDED.map((file) => access(path.join(folder, file))));
    return true;
  } catch {
    return false;
  }
}

async function unpack(archive: string, folder: string): Promise<void> {
  const entries = createReadStream(archive).pipe(createBrotliDecompress()).pipe(extract());
  for await (const entry of entries) {
    const name = path.basename(entry.header.name);
    if (NEEDED.includes(name)) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      await writeFile(path.join(folder, name), Buffer.concat(chunks), { mode: 0o755 });
    } else {
      entry.resume();
    }
  }
}
