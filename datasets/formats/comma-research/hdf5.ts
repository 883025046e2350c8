import type { Dataset, File as HdfFile } from 'h5wasm';
import { damageInWords } from '../../../sim/damage.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { BlockingFile, FileStorage } from '../../storage/storage.ts';

/** Every HDF5 file begins with this, unless it has a user block, which none of ours has. */
export const HDF5_MAGIC: readonly number[] = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Longest series that is read whole [values]: four days at 100 Hz. */
const LONGEST_SERIES = 36_000_000;

/** An HDF5 file of which only what is asked for is read. */
export interface Hdf5File {
  /** Names of the data sets at its root. */
  readonly names: readonly string[];
  /** Sizes of a data set along each axis; undefined when there is none of that name. */
  shape(name: string): readonly number[] | undefined;
  /** A one-dimensional data set of numbers, whole. @throws Refusal `bad-recording` */
  series(name: string): Float64Array;
  /** Bytes of entry `index` along the first axis of an 8-bit data set. @throws Refusal `bad-recording` */
  entry(name: string, index: number): Uint8Array;
  close(): Promise<void>;
}

/** The part of emscripten's in-memory file system that is given another source of bytes. */
interface Node {
  stream_ops: object;
  usedBytes: number;
}
interface Stream {
  readonly node: Node;
}

let opened = 0;

/** @throws Refusal `bad-recording`, and `no-blocking-reads` where the storage offers none */
export async function openHdf5(storage: FileStorage, path: string): Promise<Hdf5File> {
  const where = `${storage.name}/${path}`;
  const source = await storage.openBlocking?.(path);
  if (source === undefined) {
    throw new Refusal('no-blocking-reads', where, 'HDF5 cannot be read from here', 'read it from a folder on the disk');
  }
  // Four megabytes of code that few recordings need.
  const { File, ready } = await import('h5wasm');
  const { FS, activate_throwing_error_handler } = await ready;
  activate_throwing_error_handler();
  const guarded = <T>(what: string, job: () => T): T => {
    try {
      return job();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new Refusal('bad-recording', where, `${what} cannot be read: ${damageInWords(error)}`, 'restore the file');
    }
  };
  const name = `/${opened++}.h5`;
  let file: HdfFile;
  try {
    mount(FS as unknown as EmscriptenFiles, name, source);
    file = guarded('the HDF5 file', () => new File(name, 'r'));
  } catch (error) {
    await source.close();
    throw error;
  }
  const names = guarded('the HDF5 file', () => file.keys());
  const datasetOf = (dataset: string): Dataset => {
    const found = guarded(dataset, () => file.get(dataset)) as Dataset | null;
    if (found === null || !('slice' in found) || found.shape === null) {
      throw new Refusal('bad-recording', `${where}: ${dataset}`, 'there is no such data set', 'restore the file');
    }
    return found;
  };
  return {
    names,
    shape: (dataset) => (names.includes(dataset) ? datasetOf(dataset).shape! : undefined),
    series(dataset) {
      const found = datasetOf(dataset);
      const [length, ...more] = found.shape!;
      if (length === undefined || length > LONGEST_SERIES || more.some((size) => size !== 1)) {
        const what = `its shape is (${found.shape!.join(', ')}) instead of one number a row`;
        throw new Refusal('bad-recording', `${where}: ${dataset}`, what, 'restore the file');
      }
      const value = guarded(dataset, () => found.value);
      const isSeries = ArrayBuffer.isView(value) && !(value instanceof DataView);
      if (!isSeries)
        throw new Refusal('bad-recording', `${where}: ${dataset}`, 'it holds no numbers', 'restore the file');
      return Float64Array.from(value as Iterable<number | bigint> & ArrayLike<number>, Number);
    },
    entry(dataset, index) {
      const found = datasetOf(dataset);
      const bytes = guarded(`entry ${index} of ${dataset}`, () =>
        found.slice([[index, index + 1], ...found.shape!.slice(1).map((): [] => [])]),
      );
      if (bytes instanceof Uint8Array) return bytes;
      throw new Refusal('bad-recording', `${where}: ${dataset}`, 'it does not hold 8-bit values', 'restore the file');
    },
    async close() {
      guarded('the HDF5 file', () => file.close());
      (FS as unknown as EmscriptenFiles).unlink(name);
      await source.close();
    },
  };
}

interface EmscriptenFiles {
  createFile(parent: string, name: string, properties: object, canRead: boolean, canWrite: boolean): Node;
  unlink(path: string): void;
}

/** Gives HDF5's C code a file whose bytes are fetched as it asks for them. */
function mount(files: EmscriptenFiles, name: string, source: BlockingFile): void {
  const node = files.createFile('/', name.slice(1), {}, true, false);
  Object.defineProperty(node, 'usedBytes', { value: source.size });
  node.stream_ops = {
    ...node.stream_ops,
    read(_stream: Stream, buffer: Uint8Array, offset: number, length: number, position: number): number {
      const bytes = source.read(position, Math.max(0, Math.min(length, source.size - position)));
      buffer.set(bytes, offset);
      return bytes.length;
    },
  };
}
