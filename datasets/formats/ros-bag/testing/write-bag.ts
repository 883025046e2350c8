import { parse } from '@lichtblick/rosmsg';
import { MessageWriter } from '@lichtblick/rosmsg-serialization';

/** What goes into a bag. */
export interface WrittenMessage {
  readonly topic: string;
  readonly type: string;
  /** The message's definition in ROS's own language. */
  readonly definition: string;
  readonly time: { readonly sec: number; readonly nsec: number };
  readonly content: unknown;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const numbers = (...values: readonly number[]) => new Uint8Array(Uint32Array.from(values).buffer);
const long = (value: number) => numbers(value, 0);

function fields(values: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return join(
    ...Object.entries(values).flatMap(([name, value]) => {
      const field = join(bytesOf(`${name}=`), value);
      return [numbers(field.length), field];
    }),
  );
}

function record(op: number, values: Readonly<Record<string, Uint8Array>>, data: Uint8Array): Uint8Array {
  const head = fields({ op: Uint8Array.of(op), ...values });
  return join(numbers(head.length), head, numbers(data.length), data);
}

/** How the chunk of a bag is packed. */
export interface Packing {
  readonly name: 'none' | 'lz4' | 'bz2';
  pack(bytes: Uint8Array): Uint8Array;
}

const PLAIN: Packing = { name: 'none', pack: (bytes) => bytes };

/** A bag with one chunk, as http://wiki.ros.org/Bags/Format/2.0 describes it. */
export function writeBag(messages: readonly WrittenMessage[], packing = PLAIN): Uint8Array {
  const topics = [...new Map(messages.map((message) => [message.topic, message])).values()];
  const connections = topics.map(({ topic, type, definition }, conn) =>
    record(
      7,
      { conn: numbers(conn), topic: bytesOf(topic) },
      fields({
        topic: bytesOf(topic),
        type: bytesOf(type),
        md5sum: bytesOf('0'.repeat(32)),
        message_definition: bytesOf(definition),
      }),
    ),
  );
  const entries = topics.map((): Uint8Array[] => []);
  const parts = [...connections];
  let offset = connections.reduce((sum, part) => sum + part.length, 0);
  for (const { topic, definition, time, content } of messages) {
    const conn = topics.findIndex((one) => one.topic === topic);
    const data = new MessageWriter(parse(definition)).writeMessage(content);
    const part = record(2, { conn: numbers(conn), time: numbers(time.sec, time.nsec) }, data);
    entries[conn]!.push(numbers(time.sec, time.nsec, offset));
    parts.push(part);
    offset += part.length;
  }
  const body = join(...parts);
  const chunk = record(5, { compression: bytesOf(packing.name), size: numbers(body.length) }, packing.pack(body));
  const index = entries.map((list, conn) =>
    record(4, { ver: numbers(1), conn: numbers(conn), count: numbers(list.length) }, join(...list)),
  );
  const [first, last] = [messages[0]!.time, messages.at(-1)!.time];
  const magic = bytesOf('#ROSBAG V2.0\n');
  const chunkPosition = magic.length + 4096;
  const info = record(
    6,
    {
      ver: numbers(1),
      chunk_pos: long(chunkPosition),
      start_time: numbers(first.sec, first.nsec),
      end_time: numbers(last.sec, last.nsec),
      count: numbers(topics.length),
    },
    join(...entries.map((list, conn) => numbers(conn, list.length))),
  );
  const indexPosition = chunkPosition + chunk.length + index.reduce((sum, part) => sum + part.length, 0);
  const counts = { index_pos: long(indexPosition), conn_count: numbers(topics.length), chunk_count: numbers(1) };
  const bare = record(3, counts, new Uint8Array());
  const start = record(3, counts, new Uint8Array(4096 - bare.length).fill(0x20));
  return join(magic, start, chunk, ...index, ...connections, info);
}

const HEADER = `
================================================================================
MSG: std_msgs/Header
uint32 seq
time stamp
string frame_id
`;

/** Type and definition of the messages of Udacity's bags, as far as they are read. */
export const TYPES = {
  report: {
    type: 'dbw_mkz_msgs/SteeringReport',
    definition: `Header header\nfloat32 steering_wheel_angle\nfloat32 steering_wheel_torque\nfloat32 speed\n${HEADER}`,
  },
  compressed: {
    type: 'sensor_msgs/CompressedImage',
    definition: `Header header\nstring format\nuint8[] data\n${HEADER}`,
  },
  raw: {
    type: 'sensor_msgs/Image',
    definition: `Header header\nuint32 height\nuint32 width\nstring encoding\nuint8 is_bigendian\nuint32 step\nuint8[] data\n${HEADER}`,
  },
} as const;

/** A drive of `count` pictures at 20 Hz from two cameras, with steering reports at 50 Hz: angle = t - 0.5, torque = 2 t. */
export function writeDriveBag(jpeg: Uint8Array, count = 20, packing = PLAIN, cameraSinceStart = false): Uint8Array {
  const messages: WrittenMessage[] = [];
  const at = (time: number) => ({ sec: 1_479_424_215, nsec: Math.round(time * 1e9) });
  const header = (time: number) => ({ seq: 0, stamp: at(time), frame_id: '' });
  for (let k = 0; k < count; k++) {
    const time = k / 20;
    const stamped = cameraSinceStart
      ? { ...header(time), stamp: { sec: 12, nsec: Math.round(time * 1e9) } }
      : header(time);
    const image = { header: stamped, format: 'jpeg', data: jpeg };
    messages.push({
      topic: '/center_camera/image_color/compressed',
      ...TYPES.compressed,
      time: at(time),
      content: image,
    });
    const data = Uint8Array.from({ length: 4 * 2 * 3 }, (_, i) => [10, 20, 30][i % 3]!);
    const plain = {
      header: header(time + 0.002),
      height: 2,
      width: 4,
      encoding: 'bgr8',
      is_bigendian: 0,
      step: 12,
      data,
    };
    messages.push({ topic: '/left_camera/image_color', ...TYPES.raw, time: at(time + 0.002), content: plain });
  }
  for (let k = 0; k < (count * 50) / 20; k++) {
    const time = k / 50;
    const content = {
      header: header(time),
      steering_wheel_angle: time - 0.5,
      steering_wheel_torque: 2 * time,
      speed: 15,
    };
    messages.push({ topic: '/vehicle/steering_report', ...TYPES.report, time: at(time), content });
  }
  messages.sort((a, b) => a.time.nsec - b.time.nsec);
  return writeBag(messages, packing);
}

/** An LZ4 frame that holds the bytes as literals (LZ4 frame format 1.6.2): what unpacks it cannot tell. */
export function packLz4(bytes: Uint8Array): Uint8Array {
  const more = bytes.length - 15;
  if (more < 0) throw new RangeError('too short for this simple packer');
  // Token with 15 literals and more, their number in steps of 255, the literals; the last sequence has no match.
  const block = join(
    Uint8Array.of(0xf0),
    new Uint8Array(Math.floor(more / 255)).fill(255),
    Uint8Array.of(more % 255),
    bytes,
  );
  // Version 1, independent blocks of up to 4 MB, no checksums but the header's own.
  return join(Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x60, 0x70, 0x73), numbers(block.length), block, numbers(0));
}
