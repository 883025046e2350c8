import { McapIndexedReader } from '@mcap/core';
import { compressors } from 'hyparquet-compressors';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { loadUnpackers } from '../ros/decompress.ts';

const MAGIC = [0x89, 0x4d, 0x43, 0x41, 0x50];

/** Names of the MCAP files of a folder, sorted. */
export async function findMcapFiles(storage: FileStorage): Promise<string[]> {
  const files: string[] = [];
  for (const { name, kind } of await storage.list()) {
    if (kind !== 'file' || !name.endsWith('.mcap')) continue;
    const start = await storage.readRange(name, 0, MAGIC.length);
    if (MAGIC.every((byte, i) => start[i] === byte)) files.push(name);
  }
  return files;
}

/** An MCAP file that is read in pieces. */
export interface McapFile {
  /** The file, for refusals. */
  readonly where: string;
  readonly reader: McapIndexedReader;
  /** Runs a job that reads. @throws Refusal `bad-recording` where the file is damaged */
  guarded<T>(job: () => Promise<T>): Promise<T>;
}

/** @throws Refusal `bad-recording` */
export async function openMcapFile(storage: FileStorage, file: string): Promise<McapFile> {
  const where = `${storage.name}/${file}`;
  const guarded = async <T>(job: () => Promise<T>): Promise<T> => {
    try {
      return await job();
    } catch (error) {
      throw badMcap(where, error);
    }
  };
  const { lz4, bz2 } = await loadUnpackers();
  const reader = await guarded(() =>
    McapIndexedReader.Initialize({
      readable: {
        size: async () => BigInt(await storage.size(file)),
        read: (offset, size) => storage.readRange(file, Number(offset), Number(size)),
      },
      decompressHandlers: {
        zstd: (bytes, size) => compressors.ZSTD!(bytes, Number(size)),
        lz4: (bytes, size) => lz4(bytes, Number(size)),
        bz2: (bytes, size) => bz2(bytes, Number(size)),
      },
    }),
  );
  return { where, reader, guarded };
}

export function badMcap(where: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const what = `the MCAP file cannot be read (${(error as Error).message})`;
  return new Refusal('bad-recording', where, what, 'restore the file, or mend it: mcap recover <file>');
}
