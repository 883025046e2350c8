import { MessageReader as Ros2Reader } from '@foxglove/rosmsg2-serialization';
import { parse } from '@lichtblick/rosmsg';
import { MessageReader as Ros1Reader } from '@lichtblick/rosmsg-serialization';
import type { TypedMcapRecords } from '@mcap/core';
import { decodeText } from '../json.ts';
import { decodeBase64 } from './topics.ts';

/** Turns the bytes of a message into its fields. */
export type Decode = (bytes: Uint8Array) => Record<string, unknown>;

/**
 * How the messages of a channel are decoded: JSON, ROS 1, ROS 2 (CDR with `ros2msg` definitions) and protocol buffers.
 * @returns undefined for other encodings
 * @throws Error when the schema is damaged
 */
export async function decoderOf(
  { messageEncoding }: TypedMcapRecords['Channel'],
  schema: TypedMcapRecords['Schema'] | undefined,
): Promise<Decode | undefined> {
  switch (`${messageEncoding} ${schema?.encoding ?? ''}`) {
    case 'ros1 ros1msg': {
      const reader = new Ros1Reader(parse(decodeText(schema!.data)));
      return (bytes) => reader.readMessage(bytes);
    }
    case 'cdr ros2msg': {
      const reader = new Ros2Reader(parse(decodeText(schema!.data), { ros2: true }));
      return (bytes) => reader.readMessage(bytes);
    }
    case 'protobuf protobuf':
      return protobufDecoder(schema!.name, schema!.data);
    default:
      return messageEncoding === 'json' ? decodeJson : undefined;
  }
}

async function protobufDecoder(type: string, descriptor: Uint8Array): Promise<Decode> {
  const [{ default: protobuf }] = await Promise.all([
    import('protobufjs'),
    // Gives `Root` the way to read descriptors.
    import('protobufjs/ext/descriptor.js'),
  ]);
  const message = protobuf.Root.fromDescriptor(descriptor, { keepCase: true }).lookupType(type);
  return (bytes) => message.toObject(message.decode(bytes), { longs: Number, defaults: true });
}

/** JSON as Foxglove writes it: the bytes of a picture are base64 text. */
function decodeJson(bytes: Uint8Array): Record<string, unknown> {
  const content: unknown = JSON.parse(decodeText(bytes));
  if (typeof content !== 'object' || content === null) throw new Error('a message is no JSON object');
  const fields = content as Record<string, unknown>;
  return typeof fields.data === 'string' ? { ...fields, data: decodeBase64(fields.data) } : fields;
}
