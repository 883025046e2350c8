import type { FileStorage } from '../../datasets/storage/storage.ts';

/** Writes a file whole or not at all, even when the machine loses power. Only one may write it at a time. */
export async function writeWhole(storage: FileStorage, path: string, content: Uint8Array | string): Promise<void> {
  // As `TEMPORARY_NAME` knows it; always the same, so that what a kill left is used up.
  const temporary = `${path}.0-0.tmp`;
  try {
    const file = await storage.openAppend(temporary, { truncateTo: 0 });
    try {
      await file.append(typeof content === 'string' ? new TextEncoder().encode(content) : content);
      await file.sync();
    } finally {
      await file.close();
    }
    await storage.rename(temporary, path);
  } catch (error) {
    // As on a full disk: the space is needed by whoever writes next.
    await storage.remove(temporary).catch(() => undefined);
    throw error;
  }
}
