import { McapConstants, McapStreamReader, type TypedMcapRecord, type TypedMcapRecords } from '@mcap/core';
import type { ReadPiece } from '../read-ahead.ts';
import { type IndexedMessage, MessageIndex } from '../ros/message-index.ts';
import type { McapMessage, McapSource } from './source.ts';

type Unpack = NonNullable<ConstructorParameters<typeof McapStreamReader>[0]>['decompressHandlers'];

const { Opcode, MCAP_MAGIC } = McapConstants;
/** Opcode and length before the content of a record [bytes]. */
const RECORD_HEAD = 9;
/** Channel, sequence and both times before the data of a message [bytes]. */
const MESSAGE_HEAD = 22;
/** Times, sizes and checksum before the name of a chunk's compression [bytes]. */
const CHUNK_HEAD = 28;

/** Where a message lies. */
interface Entry extends IndexedMessage {
  /** Place of its record, or of the chunk that it lies in. */
  readonly offset: number;
  readonly length: number;
  /** Its number among the messages of the chunk; undefined for one outside of chunks. */
  readonly inChunk?: number;
}

/** An MCAP file that was read from front to back, since it has no index that can be used. */
export interface McapScan extends McapSource {
  readonly messages: number;
  /** Whether it ends within a record, or without the record that ends the data. */
  readonly cutOff: boolean;
}

/**
 * Reads an MCAP file from front to back, as https://mcap.dev/spec describes it: remembers where each message lies, whether
 * in a chunk or outside of one, and stops where the file is cut off.
 * @param read gives bytes of the file
 * @param size of the file [bytes]
 * @throws Error for a record or chunk that is damaged and not merely cut off
 */
export async function scanMcap(read: ReadPiece, size: number, decompressHandlers: Unpack): Promise<McapScan> {
  const scan = new Scan(read, size, decompressHandlers);
  await scan.run();
  return scan;
}

/**
 * Whether messages, or chunks that no index lists, lie between the chunks that one lists: the format allows both, and whoever
 * reads by the index misses them.
 * @param read gives bytes of the file
 * @param size of the file [bytes]
 * @param chunks the chunks that the index lists
 */
export async function liesBesideChunks(
  read: ReadPiece,
  size: number,
  chunks: readonly Pick<TypedMcapRecords['ChunkIndex'], 'chunkStartOffset' | 'chunkLength'>[],
): Promise<boolean> {
  const ends = new Map(chunks.map((chunk) => [Number(chunk.chunkStartOffset), Number(chunk.chunkLength)]));
  let at = MCAP_MAGIC.length;
  while (at + RECORD_HEAD <= size) {
    const listed = ends.get(at);
    if (listed !== undefined && listed >= RECORD_HEAD) {
      at += listed;
      continue;
    }
    const head = viewOf(await read(at, RECORD_HEAD));
    const opcode = head.getUint8(0);
    if (opcode === Opcode.MESSAGE || opcode === Opcode.CHUNK) return true;
    if (opcode === Opcode.DATA_END || opcode === Opcode.FOOTER) return false;
    at += RECORD_HEAD + Number(head.getBigUint64(1, true));
  }
  return false;
}

class Scan implements McapScan {
  readonly channelsById = new Map<number, TypedMcapRecords['Channel']>();
  readonly schemasById = new Map<number, TypedMcapRecords['Schema']>();
  cutOff = true;
  readonly #index = new MessageIndex<Entry>();
  readonly #metadata: TypedMcapRecords['Metadata'][] = [];
  readonly #read: ReadPiece;
  readonly #size: number;
  /** Is given the records that matter one by one; it knows the channels so far. */
  readonly #parser: McapStreamReader;
  #chunk: { readonly offset: number; readonly messages: Promise<McapMessage[]> } | undefined;

  constructor(read: ReadPiece, size: number, unpack: Unpack) {
    this.#read = read;
    this.#size = size;
    this.#parser = new McapStreamReader({ noMagicPrefix: true, decompressHandlers: unpack ?? {} });
  }

  get messages(): number {
    return this.#index.size;
  }

  async run(): Promise<void> {
    let at = MCAP_MAGIC.length;
    while (at + RECORD_HEAD <= this.#size) {
      const head = viewOf(await this.#read(at, RECORD_HEAD));
      const opcode = head.getUint8(0);
      const end = at + RECORD_HEAD + Number(head.getBigUint64(1, true));
      if (opcode === Opcode.DATA_END || opcode === Opcode.FOOTER) {
        this.cutOff = false;
        return;
      }
      if (end > this.#size) {
        at = opcode === Opcode.CHUNK ? await this.#insideCutChunk(at) : this.#size;
        continue;
      }
      await this.#take(opcode, at, end - at);
      at = end;
    }
  }

  async *readMessages({
    topics,
    startTime,
    endTime,
  }: Parameters<McapSource['readMessages']>[0]): AsyncGenerator<McapMessage, void, void> {
    const wanted = new Set(topics);
    const ids = [...this.channelsById].flatMap(([id, { topic }]) => (wanted.has(topic) ? [id] : []));
    const found = this.#index.between(ids, startTime, endTime);
    for (const entry of found) yield await this.#message(entry);
  }

  async *readMetadata({ name }: { readonly name: string }): AsyncGenerator<TypedMcapRecords['Metadata'], void, void> {
    for (const one of this.#metadata) if (one.name === name) yield one;
  }

  async #take(opcode: number, offset: number, length: number): Promise<void> {
    if (opcode === Opcode.MESSAGE) {
      const head = viewOf(await this.#read(offset + RECORD_HEAD, Math.min(MESSAGE_HEAD, length - RECORD_HEAD)));
      if (head.byteLength < MESSAGE_HEAD) throw new Error(`the message at byte ${offset} is too short`);
      this.#index.add(head.getUint16(0, true), { written: head.getBigUint64(6, true), offset, length });
    } else if (opcode === Opcode.CHUNK) {
      let inChunk = 0;
      for (const record of await this.#records(offset, length)) {
        this.#know(record);
        if (record.type === 'Message') {
          this.#index.add(record.channelId, { written: record.logTime, offset, length, inChunk: inChunk++ });
        }
      }
    } else if (opcode === Opcode.SCHEMA || opcode === Opcode.CHANNEL || opcode === Opcode.METADATA) {
      for (const record of await this.#records(offset, length)) this.#know(record);
    }
  }

  #know(record: TypedMcapRecord): void {
    if (record.type === 'Schema') this.schemasById.set(record.id, record);
    else if (record.type === 'Channel') this.channelsById.set(record.id, record);
    else if (record.type === 'Metadata') this.#metadata.push(record);
  }

  /** Records of a chunk that is cut off can be read one by one where it is not packed. @returns place to go on at */
  async #insideCutChunk(at: number): Promise<number> {
    const start = at + RECORD_HEAD + CHUNK_HEAD;
    if (start + 12 > this.#size) return this.#size;
    const packed = viewOf(await this.#read(start, 4)).getUint32(0, true);
    return packed === 0 ? start + 12 : this.#size;
  }

  /** The records at a place: one, or those in a chunk. */
  async #records(offset: number, length: number): Promise<TypedMcapRecord[]> {
    const bytes = await this.#read(offset, length);
    this.#parser.append(bytes);
    const records: TypedMcapRecord[] = [];
    for (let record = this.#parser.nextRecord(); record; record = this.#parser.nextRecord()) records.push(record);
    return records;
  }

  async #message({ offset, length, inChunk }: Entry): Promise<McapMessage> {
    if (inChunk === undefined) return (await this.#messagesAt(offset, length))[0]!;
    // Neighbours lie in the same chunk, which is unpacked once for all of them.
    if (this.#chunk?.offset !== offset) this.#chunk = { offset, messages: this.#messagesAt(offset, length) };
    return (await this.#chunk.messages)[inChunk]!;
  }

  async #messagesAt(offset: number, length: number): Promise<McapMessage[]> {
    return (await this.#records(offset, length)).filter((record) => record.type === 'Message');
  }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
