import { Bag } from '@lichtblick/rosbag';
import { parse } from '@lichtblick/rosmsg';
import { MessageReader } from '@lichtblick/rosmsg-serialization';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';

/** Time as ROS stores it. */
export interface Stamp {
  readonly sec: number;
  readonly nsec: number;
}

/** One message of a bag. */
export interface BagMessage {
  readonly topic: string;
  /** When it was written to the bag; finds the message again. */
  readonly written: Stamp;
  readonly content: Readonly<Record<string, unknown>>;
}

/** A ROS 1 bag, read in pieces. */
export interface OpenBag {
  /** Type of each topic's messages. */
  readonly topics: ReadonlyMap<string, string>;
  /** Messages in the order in which they were written. @throws Refusal where the file is damaged */
  messages(topics: readonly string[], from?: Stamp): AsyncGenerator<BagMessage, void, void>;
}

/** Bags begin with this. */
export const BAG_MAGIC = '#ROSBAG V2.0\n';

/** @throws Refusal `bad-bag` */
export async function openBag(storage: FileStorage, path: string): Promise<OpenBag> {
  const where = `${storage.name}/${path}`;
  const size = await storage.size(path);
  const file = {
    size: () => size,
    // A damaged length must not ask for more than there is.
    read: (offset: number, length: number) =>
      storage.readRange(path, Math.min(Math.max(0, offset), size), Math.max(0, Math.min(length, size - offset))),
  };
  const decompress = { bz2: () => refuseCompressed(where), lz4: () => refuseCompressed(where) };
  const bag = new Bag(file, { parse: false, decompress });
  try {
    await bag.open();
  } catch (error) {
    throw badBag(where, error);
  }
  const readers = new Map<number, MessageReader>();
  const readerOf = (connection: number): MessageReader => {
    let reader = readers.get(connection);
    if (reader === undefined) {
      reader = new MessageReader(parse(bag.connections.get(connection)!.messageDefinition));
      readers.set(connection, reader);
    }
    return reader;
  };
  return {
    topics: new Map([...bag.connections.values()].map(({ topic, type }) => [topic, type ?? ''])),
    async *messages(topics, from) {
      try {
        const options = { topics: [...topics], ...(from !== undefined && { start: from }) };
        for await (const { topic, timestamp, data, connectionId } of bag.messageIterator(options)) {
          const content = readerOf(connectionId).readMessage(data) as Record<string, unknown>;
          yield { topic, written: timestamp, content };
        }
      } catch (error) {
        throw badBag(where, error);
      }
    },
  };
}

function refuseCompressed(where: string): never {
  throw new Refusal('compressed-bag', where, 'the bag is compressed', 'unpack it first: rosbag decompress <file>');
}

function badBag(where: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const what = (error as Error).message.replaceAll(/\s+/g, ' ');
  return new Refusal('bad-bag', where, `the bag cannot be read (${what})`, 'mend it: rosbag reindex <file>');
}
