import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder with all above it.
 * @returns the first folder that was made, if any
 * @throws the fault of the operating system. Node hides that of a read-only disk behind ENOENT.
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    return await mkdir(folder, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(await firstMissing(path.resolve(folder)));
    // It could be made after all: whatever was in the way is gone.
    return mkdir(folder, { recursive: true });
  }
}

async function firstMissing(folder: string): Promise<string> {
  const parent = path.dirname(folder);
  const isThere = await stat(parent).then(
    () => true,
    () => false,
  );
  return isThere || parent === folder ? folder : firstMissing(parent);
}
