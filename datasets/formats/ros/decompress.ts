/** Unpacks one chunk. @param size bytes it unpacks to */
export type Decompress = (bytes: Uint8Array, size: number) => Uint8Array;

/** No chunk is larger; a damaged length must not ask for more than there is [bytes]. */
const LARGEST_CHUNK = 2 ** 30;

/** Ready to be called, by the names that ROS bags and MCAP files have for them. */
export interface Unpackers {
  /** LZ4 frames. */
  readonly lz4: Decompress;
  /** bzip2 streams. */
  readonly bz2: Decompress;
}

let loaded: Promise<Unpackers> | undefined;

/** Loads them once: each copy would add listeners to the process. */
export function loadUnpackers(): Promise<Unpackers> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Unpackers> {
  const [{ default: lz4 }, { default: Bzip2 }] = await Promise.all([
    import('@lichtblick/wasm-lz4'),
    import('@lichtblick/wasm-bz2'),
  ]);
  await lz4.isLoaded;
  const bzip2 = await Bzip2.init();
  return {
    // The library hands out a view of memory that it uses again.
    lz4: guarded('LZ4', (bytes, size) => Uint8Array.from(lz4(bytes, size))),
    bz2: guarded('bzip2', (bytes, size) => bzip2.decompress(bytes, size)),
  };
}

function guarded(name: string, decompress: Decompress): Decompress {
  return (bytes, size) => {
    if (!(size >= 0 && size <= LARGEST_CHUNK)) throw new Error(`a ${name} chunk says that it unpacks to ${size} bytes`);
    let unpacked: Uint8Array;
    try {
      unpacked = decompress(bytes, size);
    } catch (error) {
      throw new Error(`a ${name} chunk is damaged (${(error as Error).message})`);
    }
    if (unpacked.length !== size)
      throw new Error(`a ${name} chunk unpacks to ${unpacked.length} instead of ${size} bytes`);
    return unpacked;
  };
}
