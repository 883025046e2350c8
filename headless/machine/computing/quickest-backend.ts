import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { BACKEND_NAMES, type BackendName } from '../../../models/backend/open-backend.ts';
import { cacheFolders } from '../cache/cache-folders.ts';
import type { AdapterSummary } from '../gpu/gpu.ts';
import { packageInfo } from '../package-info.ts';

const rememberedSchema = z.object({ backend: z.enum(BACKEND_NAMES) });

/**
 * The backend that was measured to be the quickest on this machine with this adapter. Measuring compiles shaders for
 * seconds on a software adapter, so its outcome is kept; another adapter or another version is measured anew.
 * @param measure measures and returns the quickest
 */
export async function quickestBackend(
  adapter: AdapterSummary,
  measure: () => Promise<BackendName>,
): Promise<BackendName> {
  const key = createHash('sha256').update(JSON.stringify([adapter, packageInfo.version, process.version]));
  const file = path.join(cacheFolders()[0]!, `backend-${key.digest('hex').slice(0, 16)}.json`);
  const remembered = await readFile(file, 'utf8').then(
    (text) => rememberedSchema.safeParse(parsed(text)),
    () => undefined,
  );
  if (remembered?.success) return remembered.data.backend;
  const backend = await measure();
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(`${file}.${process.pid}.tmp`, JSON.stringify({ backend }));
    await rename(`${file}.${process.pid}.tmp`, file);
  } catch {
    // Without a writable cache it is measured again next time.
  }
  return backend;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
