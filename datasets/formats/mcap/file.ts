import { McapIndexedReader } from '@mcap/core';
import { compressors } from 'hyparquet-compressors';
import { counted } from '../../../sim/counted.ts';
import { damageInWords } from '../../../sim/damage.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { readAhead } from '../read-ahead.ts';
import { loadUnpackers } from '../ros/decompress.ts';
import { liesBesideChunks, scanMcap } from './scan.ts';
import type { McapSource } from './source.ts';

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

/** An MCAP file that is read in pieces: by its index, or by one that was made by reading it from front to back. */
export interface McapFile {
  /** The file, for refusals. */
  readonly where: string;
  readonly reader: McapSource;
  /** What was tolerated as it was opened, for people. */
  readonly notes: readonly string[];
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
  const decompressHandlers = {
    zstd: (bytes: Uint8Array, size: bigint) => compressors.ZSTD!(bytes, Number(size)),
    lz4: (bytes: Uint8Array, size: bigint) => lz4(bytes, Number(size)),
    bz2: (bytes: Uint8Array, size: bigint) => bz2(bytes, Number(size)),
  };
  const read = (offset: number, length: number) => storage.readRange(file, offset, length);
  const size = await storage.size(file);
  const readable = {
    size: async () => BigInt(size),
    read: (offset: bigint, length: bigint) => read(Number(offset), Number(length)),
  };
  let failure: unknown;
  try {
    const reader = await McapIndexedReader.Initialize({ readable, decompressHandlers });
    const complete = isIndexed(reader) && !(await liesBesideChunks(readAhead(read, size), size, reader.chunkIndexes));
    if (complete) return { where, reader, notes: [], guarded };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    failure = error;
  }
  const scan = await guarded(() => scanMcap(readAhead(read, size), size, decompressHandlers));
  // Nothing was found: the file is damaged, and not merely without an index.
  if (scan.messages === 0 && failure !== undefined) throw badMcap(where, failure);
  const cut = `${file} is cut off, as when a recording was not ended: what lies before is read (${counted(scan.messages, 'message')})`;
  return { where, reader: scan, notes: scan.cutOff ? [cut] : [], guarded };
}

/** Whether every message in a chunk can be found by the index: chunks, indexes and the summary are all optional. */
function isIndexed({ chunkIndexes, channelsById, schemasById, statistics }: McapIndexedReader): boolean {
  if (statistics !== undefined && statistics.messageCount === 0n) return true;
  if (chunkIndexes.length === 0 || chunkIndexes.length !== (statistics?.chunkCount ?? chunkIndexes.length))
    return false;
  const channels = [...channelsById.values()];
  const schemas = channels.every(({ schemaId }) => schemaId === 0 || schemasById.has(schemaId));
  return (
    schemas &&
    chunkIndexes.every(({ messageIndexOffsets, uncompressedSize }) => {
      const known = [...messageIndexOffsets.keys()].every((id) => channelsById.has(id));
      return known && (messageIndexOffsets.size > 0 || uncompressedSize === 0n);
    })
  );
}

export function badMcap(where: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const what = `the MCAP file cannot be read: ${damageInWords(error)}`;
  return new Refusal('bad-recording', where, what, 'restore the file, or mend it: mcap recover <file>');
}
