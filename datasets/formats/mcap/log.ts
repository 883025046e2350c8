import { decoded, type MessageLog, plainType } from '../ros/message-log.ts';
import { type Decode, decoderOf } from './decoders.ts';
import { badMcap, type McapFile } from './file.ts';

/** An MCAP file that others wrote as a log of messages. @throws Refusal `bad-recording` when a schema is damaged */
export async function mcapLog({ where, reader, notes, guarded }: McapFile): Promise<MessageLog> {
  const decoders = new Map<number, Decode>();
  const topics = new Map<string, string | undefined>();
  for (const channel of reader.channelsById.values()) {
    const schema = reader.schemasById.get(channel.schemaId);
    const decode = await guarded(() => decoderOf(channel, schema));
    if (decode !== undefined) decoders.set(channel.id, decode);
    topics.set(channel.topic, decode === undefined ? undefined : plainType(schema?.name ?? ''));
  }
  return {
    where,
    topics,
    notes,
    async *messages(wanted, from) {
      // No topics would mean all of them.
      if (wanted.length === 0) return;
      try {
        const start = from !== undefined && { startTime: from };
        for await (const { channelId, logTime, data } of reader.readMessages({ topics: wanted, ...start })) {
          const topic = reader.channelsById.get(channelId)!.topic;
          const decode = decoders.get(channelId);
          if (decode !== undefined) yield { topic, written: logTime, ...decoded(() => decode(data)) };
        }
      } catch (error) {
        throw badMcap(where, error);
      }
    },
  };
}
