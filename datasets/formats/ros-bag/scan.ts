import type { ReadPiece } from '../read-ahead.ts';
import type { Unpackers } from '../ros/decompress.ts';
import { type IndexedMessage, MessageIndex } from '../ros/message-index.ts';
import { type BagRecord, numberIn, parseFields, readRecord, textIn, timeIn } from './records.ts';

/** Operations of records, as http://wiki.ros.org/Bags/Format/2.0 numbers them. */
const MESSAGE = 2;
const CHUNK = 5;
const CONNECTION = 7;

/** What the messages of a connection are. */
export interface BagConnection {
  readonly topic: string;
  readonly type: string;
  readonly definition: string;
}

/** Where a message lies. */
interface Entry extends IndexedMessage {
  readonly connection: number;
  /** Place of its record, or of the packed chunk that it lies in. */
  readonly offset: number;
  /** Place of its record in the unpacked chunk; undefined for one that is not packed. */
  readonly inChunk?: number;
}

/** A message as it was written. */
export interface ScannedMessage {
  readonly connection: number;
  readonly written: bigint;
  readonly data: Uint8Array;
}

/** A bag that was read from front to back, since it has no index: recording ended before it was written. */
export class BagScan {
  readonly connections = new Map<number, BagConnection>();
  readonly #index = new MessageIndex<Entry>();
  readonly #read: ReadPiece;
  readonly #unpackers: Unpackers;
  #chunk: { readonly offset: number; readonly bytes: Uint8Array } | undefined;

  private constructor(read: ReadPiece, unpackers: Unpackers) {
    this.#read = read;
    this.#unpackers = unpackers;
  }

  /**
   * Reads a bag up to where it is cut off.
   * @param start place of its first record
   * @param size of the file [bytes]
   */
  static async of(read: ReadPiece, start: number, size: number, unpackers: Unpackers): Promise<BagScan> {
    const scan = new BagScan(read, unpackers);
    let at = start;
    for (let record = await readRecord(read, at, size); record; record = await readRecord(read, at, size)) {
      // The records in a chunk that is not packed follow its head, whether its length was written or not.
      const plain = record.op === CHUNK && textIn(record.fields, 'compression') === 'none';
      if (record.op === CHUNK && !plain) {
        if (record.end > size) break;
        await scan.#takeChunk(record, at);
      } else if (!plain) {
        if (record.end > size) break;
        await scan.#take(record, read, { offset: at });
      }
      at = plain ? record.dataAt : record.end;
    }
    return scan;
  }

  get messages(): number {
    return this.#index.size;
  }

  /** Messages in the order in which they were written. @param from of this time or later [ns] */
  async *messagesOf(topics: readonly string[], from?: bigint): AsyncGenerator<ScannedMessage, void, void> {
    const wanted = [...this.connections].flatMap(([id, { topic }]) => (topics.includes(topic) ? [id] : []));
    for (const { connection, written, offset, inChunk } of this.#index.between(wanted, from)) {
      const chunk = inChunk === undefined ? undefined : await this.#unpacked(offset);
      const read = chunk === undefined ? this.#read : pieceOf(chunk);
      const record = await readRecord(read, inChunk ?? offset, Number.POSITIVE_INFINITY);
      yield { connection, written, data: await read(record!.dataAt, record!.end - record!.dataAt) };
    }
  }

  async #takeChunk(record: BagRecord, offset: number): Promise<void> {
    const bytes = await this.#unpack(record);
    const read = pieceOf(bytes);
    let inChunk = 0;
    for (let one = await readRecord(read, 0, bytes.length); one; one = await readRecord(read, inChunk, bytes.length)) {
      if (one.end > bytes.length) return;
      await this.#take(one, read, { offset, inChunk });
      inChunk = one.end;
    }
  }

  async #take(record: BagRecord, read: ReadPiece, place: Pick<Entry, 'offset' | 'inChunk'>): Promise<void> {
    const { op, fields, dataAt, end } = record;
    if (op === MESSAGE) {
      const connection = numberIn(fields, 'conn');
      this.#index.add(connection, { connection, written: timeIn(fields, 'time'), ...place });
    } else if (op === CONNECTION) {
      const about = parseFields(await read(dataAt, end - dataAt));
      this.connections.set(numberIn(fields, 'conn'), {
        topic: textIn(fields, 'topic'),
        type: textIn(about, 'type'),
        definition: textIn(about, 'message_definition'),
      });
    }
  }

  async #unpacked(offset: number): Promise<Uint8Array> {
    // Neighbours lie in the same chunk, which is unpacked once for all of them.
    if (this.#chunk?.offset === offset) return this.#chunk.bytes;
    const record = await readRecord(this.#read, offset, Number.POSITIVE_INFINITY);
    const bytes = await this.#unpack(record!);
    this.#chunk = { offset, bytes };
    return bytes;
  }

  async #unpack({ fields, dataAt, end }: BagRecord): Promise<Uint8Array> {
    const name = textIn(fields, 'compression');
    if (name !== 'lz4' && name !== 'bz2') throw new Error(`a chunk is packed with ${JSON.stringify(name)}`);
    return this.#unpackers[name](await this.#read(dataAt, end - dataAt), numberIn(fields, 'size'));
  }
}

const pieceOf =
  (bytes: Uint8Array): ReadPiece =>
  async (offset, length) =>
    bytes.subarray(offset, offset + length);
