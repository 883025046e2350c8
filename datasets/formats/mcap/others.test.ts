import { MessageWriter as Ros2Writer } from '@foxglove/rosmsg2-serialization';
import { parse } from '@lichtblick/rosmsg';
import { MessageWriter as Ros1Writer } from '@lichtblick/rosmsg-serialization';
import { McapWriter } from '@mcap/core';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';
import { packLz4, TYPES } from '../ros-bag/testing/write-bag.ts';
import { encodeBase64 } from './topics.ts';

interface Written {
  readonly topic: string;
  readonly encoding: string;
  readonly schema: { readonly name: string; readonly encoding: string; readonly data: Uint8Array };
  /** Messages with their log time [s]. */
  readonly messages: readonly (readonly [time: number, data: Uint8Array])[];
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function write(channels: readonly Written[], lz4 = false): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0n;
  const writer = new McapWriter({
    writable: {
      async write(bytes) {
        parts.push(bytes.slice());
        size += BigInt(bytes.length);
      },
      position: () => size,
    },
    ...(lz4 && { compressChunk: (bytes) => ({ compression: 'lz4', compressedData: packLz4(bytes) }) }),
  });
  await writer.start({ profile: '', library: 'test' });
  for (const { topic, encoding, schema, messages } of channels) {
    const schemaId = await writer.registerSchema(schema);
    const channelId = await writer.registerChannel({ schemaId, topic, messageEncoding: encoding, metadata: new Map() });
    for (const [sequence, [time, data]] of messages.entries()) {
      const logTime = BigInt(Math.round(time * 1e9));
      await writer.addMessage({ channelId, sequence, logTime, publishTime: logTime, data });
    }
  }
  await writer.end();
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const RULE = `\n${'='.repeat(80)}\n`;
const HEADER = `${RULE}MSG: std_msgs/Header\nbuiltin_interfaces/Time stamp\nstring frame_id${RULE}MSG: builtin_interfaces/Time\nint32 sec\nuint32 nanosec`;
const ROS2 = {
  image: `std_msgs/Header header\nstring format\nuint8[] data${HEADER}`,
  raw: `std_msgs/Header header\nuint32 height\nuint32 width\nstring encoding\nuint8 is_bigendian\nuint32 step\nuint8[] data${HEADER}`,
  report: `std_msgs/Header header\nfloat32 steering_wheel_angle\nfloat32 steering_wheel_torque\nfloat32 speed${HEADER}`,
  tyre:
    'builtin_interfaces/Time stamp\nfloat32 steering_tire_angle' +
    `${RULE}MSG: builtin_interfaces/Time\nint32 sec\nuint32 nanosec`,
};

let jpeg: Uint8Array;
beforeAll(async () => {
  jpeg = await greyJpeg(90, 16, 8);
});

const times = [0, 1, 2, 3, 4].map((k) => 1000 + k / 20);
const nsec = (time: number) => Math.round((time - 1000) * 1e9);

function ros2(topic: string, type: string, definition: string, content: (time: number) => object): Written {
  const writer = new Ros2Writer(parse(definition, { ros2: true }));
  const schema = { name: type, encoding: 'ros2msg', data: bytesOf(definition) };
  const messages = times.map((time) => [time + 0.5, writer.writeMessage(content(time))] as const);
  return { topic, encoding: 'cdr', schema, messages };
}

const header = (time: number) => ({ stamp: { sec: 1000, nsec: nsec(time) }, frame_id: '' });
const report = () =>
  ros2('/vehicle/steering_report', 'dbw_mkz_msgs/msg/SteeringReport', ROS2.report, (time) => ({
    header: header(time),
    steering_wheel_angle: time - 1000,
    steering_wheel_torque: 1.5,
    speed: 20,
  }));

describe("other people's MCAP files", () => {
  it('reads ROS 2: pictures and reports, packed with LZ4, by the stamps in their headers', async () => {
    const centre = ros2('/front/image_raw/compressed', 'sensor_msgs/msg/CompressedImage', ROS2.image, (time) => ({
      header: header(time),
      format: 'jpeg',
      data: jpeg,
    }));
    const left = ros2('/left/image_raw', 'sensor_msgs/msg/Image', ROS2.raw, (time) => ({
      ...{ header: header(time + 0.01), height: 1, width: 2, encoding: 'rgb8', is_bigendian: 0, step: 6 },
      data: Uint8Array.of(1, 2, 3, 4, 5, 6),
    }));
    const storage = new MemoryStorage('bag', { 'bag_0.mcap': await write([centre, left, report()], true) });
    const recording = await openAnyRecording(storage, codec);
    expect(recording.metadata).toMatchObject({
      format: 'mcap',
      cameras: { centre: { width: 16, height: 8 }, left: { width: 2, height: 1 } },
    });
    expect(recording.length).toBe(5);
    for (const [i, time] of times.entries()) {
      expect(recording.columns.time[i]).toBeCloseTo(i / 20, 6);
      expect(recording.columns.steeringAngle![i]).toBeCloseTo(time - 1000, 5);
    }
    expect([recording.columns.torque![2], recording.columns.speed![2]]).toEqual([1.5, 20]);
    expect([...(await recording.frame(3, 'left')).pixels]).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await recording.frame(4, 'centre')).width).toBe(16);
  });

  it('joins the parts of a rosbag2, and takes angles at the road wheels', async () => {
    const image = ros2('/cam', 'sensor_msgs/msg/CompressedImage', ROS2.image, (time) => ({
      header: header(time),
      format: 'jpeg',
      data: jpeg,
    }));
    const tyre = ros2('/steer', 'autoware_vehicle_msgs/msg/SteeringReport', ROS2.tyre, (time) => ({
      stamp: { sec: 1000, nsec: nsec(time) },
      steering_tire_angle: 0.1,
    }));
    const half = (channel: Written, from: number, to: number) => ({
      ...channel,
      messages: channel.messages.slice(from, to),
    });
    const storage = new MemoryStorage('bag', {
      'metadata.yaml': 'rosbag2_bagfile_information:\n',
      'bag_0.mcap': await write([half(image, 0, 2), half(tyre, 0, 2)]),
      'bag_1.mcap': await write([half(image, 2, 5), half(tyre, 2, 5)]),
    });
    const recording = await openAnyRecording(storage, codec, { steeringRatio: 12 });
    expect(recording.length).toBe(5);
    expect(recording.columns.steeringAngle![4]).toBeCloseTo(1.2, 5);
    expect(recording.columns['source.steering_tire_angle']![4]).toBeCloseTo(0.1, 6);
    expect(recording.columns.speed).toBeUndefined();
    expect((await recording.frame(4, 'centre')).width).toBe(16);
  });

  it('reads ROS 1 messages', async () => {
    const channel = (
      topic: string,
      { type, definition }: { type: string; definition: string },
      content: object,
    ): Written => {
      const writer = new Ros1Writer(parse(definition));
      const schema = { name: type, encoding: 'ros1msg', data: bytesOf(definition) };
      const data = (time: number) =>
        writer.writeMessage({ ...content, header: { seq: 0, stamp: { sec: 1000, nsec: nsec(time) }, frame_id: '' } });
      return { topic, encoding: 'ros1', schema, messages: times.map((time) => [time, data(time)] as const) };
    };
    const image = channel('/center_camera/image_color/compressed', TYPES.compressed, { format: 'jpeg', data: jpeg });
    const told = { steering_wheel_angle: 0.25, steering_wheel_torque: -1, speed: 3 };
    const storage = new MemoryStorage('log', {
      'a.mcap': await write([image, channel('/vehicle/steering_report', TYPES.report, told)]),
    });
    const recording = await openAnyRecording(storage, codec);
    expect([recording.length, recording.columns.steeringAngle![1], recording.columns.torque![1]]).toEqual([
      5, 0.25, -1,
    ]);
    expect((await recording.frame(0, 'centre')).height).toBe(8);
  });

  it('reads pictures of Foxglove as protocol buffers and as JSON', async () => {
    const root = protobuf.Root.fromJSON({
      nested: {
        google: {
          nested: {
            protobuf: {
              nested: { Timestamp: { fields: { seconds: { type: 'int64', id: 1 }, nanos: { type: 'int32', id: 2 } } } },
            },
          },
        },
        foxglove: {
          nested: {
            CompressedImage: {
              fields: {
                timestamp: { type: 'google.protobuf.Timestamp', id: 1 },
                frame_id: { type: 'string', id: 4 },
                data: { type: 'bytes', id: 2 },
                format: { type: 'string', id: 3 },
              },
            },
          },
        },
      },
    });
    const type = root.lookupType('foxglove.CompressedImage');
    root.resolveAll();
    const set = descriptor.FileDescriptorSet.encode(root.toDescriptor('proto3')).finish();
    const timestamp = (time: number) => ({ seconds: 1000, nanos: nsec(time) });
    const encode = (time: number) =>
      type.encode(type.create({ timestamp: timestamp(time), frame_id: 'c', data: jpeg, format: 'jpeg' })).finish();
    const front: Written = {
      topic: '/camera/front',
      encoding: 'protobuf',
      schema: { name: 'foxglove.CompressedImage', encoding: 'protobuf', data: set },
      messages: times.map((time) => [time + 7, encode(time)] as const),
    };
    const json = (time: number) =>
      bytesOf(
        JSON.stringify({
          timestamp: { sec: 1000, nsec: nsec(time) },
          data: encodeBase64(jpeg),
          format: 'jpeg',
          frame_id: '',
        }),
      );
    const rear: Written = {
      topic: '/camera/rear',
      encoding: 'json',
      schema: { name: 'foxglove.CompressedImage', encoding: 'jsonschema', data: bytesOf('{"type":"object"}') },
      messages: times.map((time) => [time, json(time)] as const),
    };
    const recording = await openAnyRecording(
      new MemoryStorage('log', { 'a.mcap': await write([front, rear, report()]) }),
      codec,
    );
    expect(Object.keys(recording.cameras)).toEqual(['centre', 'rear']);
    expect(recording.columns.time[4]).toBeCloseTo(0.2, 6);
    expect(recording.columns.steeringAngle![4]).toBeCloseTo(0.2, 5);
    for (const camera of ['centre', 'rear']) expect((await recording.frame(2, camera)).width).toBe(16);
  });

  it('refuses what it cannot use, listing the topics', async () => {
    const odd: Written = {
      topic: '/odd',
      encoding: 'cbor',
      schema: { name: 'x', encoding: '', data: new Uint8Array() },
      messages: [],
    };
    const storage = new MemoryStorage('log', { 'a.mcap': await write([odd, report()]) });
    await expect(openAnyRecording(storage, codec)).rejects.toThrow(
      /^log: there is no camera image among the topics: \/odd \(of a kind that cannot be decoded\), \/vehicle\/steering_report \(dbw_mkz_msgs\/SteeringReport\)/,
    );
  });
});
