import { Bag } from '@lichtblick/rosbag';
import { parse } from '@lichtblick/rosmsg';
import { MessageReader } from '@lichtblick/rosmsg-serialization';
import { counted } from '../../../sim/counted.ts';
import { damageInWords } from '../../../sim/damage.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { type ReadPiece, readAhead } from '../read-ahead.ts';
import { loadUnpackers, type Unpackers } from '../ros/decompress.ts';
import { decoded, type MessageLog } from '../ros/message-log.ts';
import { BagScan } from './scan.ts';

/** Bags begin with this. */
export const BAG_MAGIC = '#ROSBAG V2.0\n';
const NANOSECONDS = 1_000_000_000n;

/**
 * Opens a ROS 1 bag, plain or packed with LZ4 or bzip2, which is read in pieces; one without an index, as a recording
 * leaves it that was not ended, is read from front to back.
 * @throws Refusal `bad-bag`
 */
export async function openBag(storage: FileStorage, path: string): Promise<MessageLog> {
  const where = `${storage.name}/${path}`;
  const size = await storage.size(path);
  // A damaged length must not ask for more than there is.
  const read = (offset: number, length: number) =>
    storage.readRange(path, Math.min(Math.max(0, offset), size), Math.max(0, Math.min(length, size - offset)));
  const unpackers = await loadUnpackers();
  const bag = new Bag({ size: () => size, read }, { parse: false, decompress: { ...unpackers } });
  let failure: unknown = new Error('it has no index');
  try {
    await bag.open();
    if (bag.chunkInfos.length > 0) return indexedLog(where, bag);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    failure = error;
  }
  const scan = await scanBag(where, readAhead(read, size), size, unpackers);
  // Nothing was found: the bag is damaged, and not merely without an index.
  if (scan.messages === 0) throw badBag(where, failure);
  return scannedLog(
    where,
    scan,
    `${path} has no index, as when a recording was not ended: what is in it is read (${counted(scan.messages, 'message')})`,
  );
}

async function scanBag(where: string, read: ReadPiece, size: number, unpackers: Unpackers): Promise<BagScan> {
  try {
    return await BagScan.of(read, BAG_MAGIC.length, size, unpackers);
  } catch (error) {
    throw badBag(where, error);
  }
}

function indexedLog(where: string, bag: Bag): MessageLog {
  const readerOf = messageReaders((connection) => bag.connections.get(connection)!.messageDefinition);
  return {
    where,
    notes: [],
    topics: new Map([...bag.connections.values()].map(({ topic, type }) => [topic, type ?? ''])),
    async *messages(topics, from) {
      // No topics would mean all of them.
      if (topics.length === 0) return;
      const start = from !== undefined && {
        start: { sec: Number(from / NANOSECONDS), nsec: Number(from % NANOSECONDS) },
      };
      try {
        for await (const { topic, timestamp, data, connectionId } of bag.messageIterator({
          topics: [...topics],
          ...start,
        })) {
          const reader = readerOf(connectionId);
          const written = BigInt(timestamp.sec) * NANOSECONDS + BigInt(timestamp.nsec);
          yield { topic, written, ...decoded(() => reader.readMessage(data)) };
        }
      } catch (error) {
        throw badBag(where, error);
      }
    },
  };
}

function scannedLog(where: string, scan: BagScan, note: string): MessageLog {
  const { connections } = scan;
  const readerOf = messageReaders((connection) => connections.get(connection)!.definition);
  return {
    where,
    notes: [note],
    topics: new Map([...connections.values()].map(({ topic, type }) => [topic, type])),
    async *messages(topics, from) {
      try {
        for await (const { connection, written, data } of scan.messagesOf(topics, from)) {
          const reader = readerOf(connection);
          yield { topic: connections.get(connection)!.topic, written, ...decoded(() => reader.readMessage(data)) };
        }
      } catch (error) {
        throw badBag(where, error);
      }
    },
  };
}

/** Readers of the messages of each connection, each made once. */
function messageReaders(definitionOf: (connection: number) => string): (connection: number) => MessageReader {
  const readers = new Map<number, MessageReader>();
  return (connection) => {
    let reader = readers.get(connection);
    if (reader === undefined) {
      reader = new MessageReader(parse(definitionOf(connection)));
      readers.set(connection, reader);
    }
    return reader;
  };
}

function badBag(where: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(
    'bad-bag',
    where,
    `the bag cannot be read: ${damageInWords(error)}`,
    'mend it: rosbag reindex <file>',
  );
}
