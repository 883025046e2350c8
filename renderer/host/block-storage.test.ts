import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../datasets/storage/memory.ts';
import { describeStorage } from '../../datasets/storage/testing/behaviour.ts';
import { BlockStorage } from './block-storage.ts';

const SIZE = 700_001;
const content = Uint8Array.from({ length: SIZE }, (_, i) => (i * 31 + (i >> 8)) & 255);

describe('BlockStorage', () => {
  it('gives the very bytes of any range', async () => {
    const storage = new BlockStorage(new MemoryStorage('m', { f: content }), 2);
    const offset = fc.integer({ min: 0, max: SIZE + 10 });
    await fc.assert(
      fc.asyncProperty(offset, fc.integer({ min: 1, max: 600_000 }), async (from, length) => {
        const bytes = await storage.readRange('f', from, length);
        expect(Buffer.compare(bytes, content.subarray(from, from + length))).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('asks for a block once', async () => {
    let asked = 0;
    const inner = new MemoryStorage('m', { f: content });
    const readRange = inner.readRange.bind(inner);
    inner.readRange = (path, offset, length) => {
      asked++;
      return readRange(path, offset, length);
    };
    const storage = new BlockStorage(inner);
    await Promise.all(Array.from({ length: 50 }, (_, i) => storage.readRange('f', i * 4000, 4000)));
    expect(asked).toBe(1);
  });
});

describeStorage('BlockStorage, without changes while reading,', async () => {
  // What changes a file is not what it is for; every other promise of a storage holds.
  const storage = new BlockStorage(new MemoryStorage());
  const { write, rename } = storage;
  storage.write = async (...given) => {
    await write(...given);
    await storage.close();
  };
  storage.rename = async (...given) => {
    await rename(...given);
    await storage.close();
  };
  return storage;
});
