import { Bag } from '@lichtblick/rosbag';
import { parse } from '@lichtblick/rosmsg';
import { MessageReader } from '@lichtblick/rosmsg-serialization';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { loadUnpackers } from '../ros/decompress.ts';
import { decoded, type MessageLog } from '../ros/message-log.ts';

/** Bags begin with this. */
export const BAG_MAGIC = '#ROSBAG V2.0\n';
const NANOSECONDS = 1_000_000_000n;

/** Opens a ROS 1 bag, plain or packed with LZ4 or bzip2, which is read in pieces. @throws Refusal `bad-bag` */
export async function openBag(storage: FileStorage, path: string): Promise<MessageLog> {
  const where = `${storage.name}/${path}`;
  const size = await storage.size(path);
  const file = {
    size: () => size,
    // A damaged length must not ask for more than there is.
    read: (offset: number, length: number) =>
      storage.readRange(path, Math.min(Math.max(0, offset), size), Math.max(0, Math.min(length, size - offset))),
  };
  const bag = new Bag(file, { parse: false, decompress: { ...(await loadUnpackers()) } });
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
    where,
    notes: [],
    topics: new Map([...bag.connections.values()].map(({ topic, type }) => [topic, type ?? ''])),
    async *messages(topics, from) {
      // No topics would mean all of them.
      if (topics.length === 0) return;
      try {
        const start = from !== undefined && {
          start: { sec: Number(from / NANOSECONDS), nsec: Number(from % NANOSECONDS) },
        };
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

function badBag(where: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(
    'bad-bag',
    where,
    `the bag cannot be read (${(error as Error).message})`,
    'mend it: rosbag reindex <file>',
  );
}
