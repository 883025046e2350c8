import { McapWriter, type McapWriterOptions } from '@mcap/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';
import { packLz4 } from '../ros-bag/testing/write-bag.ts';
import { encodeBase64 } from './topics.ts';

const COUNT = 12;
/** Pictures that differ in their grey, so that it shows which one was found. */
let pictures: Uint8Array[];
beforeAll(async () => {
  pictures = await Promise.all(Array.from({ length: COUNT }, (_, k) => greyJpeg(40 + 10 * k, 16, 8)));
});

type WriterChoices = Partial<Omit<McapWriterOptions, 'writable'>>;

/** A drive of 12 pictures at 20 Hz, angle k / 100 rad at the road wheels; by others, or as we write it. */
async function write(choices: WriterChoices, own = false, count = COUNT): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0n;
  const writable = {
    async write(bytes: Uint8Array) {
      parts.push(bytes.slice());
      size += BigInt(bytes.length);
    },
    position: () => size,
  };
  const writer = new McapWriter({ writable, ...choices });
  await writer.start({ profile: '', library: 'test' });
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const channel = async (topic: string, name: string) => {
    const schemaId = await writer.registerSchema({ name, encoding: 'jsonschema', data: json({ type: 'object' }) });
    return writer.registerChannel({ schemaId, topic, messageEncoding: 'json', metadata: new Map() });
  };
  const camera = await channel(own ? '/camera/centre' : '/front', 'foxglove.CompressedImage');
  const vehicle = await (own
    ? channel('/vehicle', 'wheelhouse.Vehicle')
    : channel('/drive', 'ackermann_msgs/AckermannDriveStamped'));
  for (const [k, picture] of pictures.slice(0, count).entries()) {
    const nsec = 50_000_000 * k;
    const logTime = 1_000_000_000_000n + BigInt(nsec);
    const add = (channelId: number, content: unknown) =>
      writer.addMessage({ channelId, sequence: k, logTime, publishTime: logTime, data: json(content) });
    const timestamp = { sec: 1000, nsec };
    await add(camera, { timestamp, frame_id: '', format: 'jpeg', data: encodeBase64(picture) });
    const drive = { header: { stamp: timestamp }, drive: { steering_angle: k / 100, speed: 3 } };
    await add(vehicle, own ? { time: k / 20, steeringAngle: (15.5 * k) / 100, speed: 3 } : drive);
  }
  await writer.end();
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

async function expectDrive(recording: Awaited<ReturnType<typeof open>>, count = COUNT): Promise<void> {
  expect(recording.length).toBe(count);
  for (let k = 0; k < count; k++) {
    expect(recording.columns.steeringAngle![k]).toBeCloseTo((15.5 * k) / 100, 9);
    const { pixels } = await recording.frame(k, 'centre');
    expect(Math.abs(pixels[0]! - (40 + 10 * k))).toBeLessThanOrEqual(2);
  }
}

const open = (bytes: Uint8Array) => openAnyRecording(new MemoryStorage('log', { 'a.mcap': bytes }), codec);

const BARE = {
  useStatistics: false,
  useSummaryOffsets: false,
  repeatSchemas: false,
  repeatChannels: false,
  useAttachmentIndex: false,
  useMetadataIndex: false,
  useChunkIndex: false,
};
const WAYS: readonly (readonly [string, WriterChoices])[] = [
  ['no chunks', { useChunks: false }],
  ['no chunks and no summary', { ...BARE, useChunks: false }],
  ['chunks, but no summary', { ...BARE, chunkSize: 2000 }],
  ['no index of the messages of a chunk', { useMessageIndex: false, chunkSize: 2000 }],
  ['no index of the chunks', { useChunkIndex: false, chunkSize: 2000 }],
  ['channels only in the data', { repeatChannels: false, repeatSchemas: false, chunkSize: 2000 }],
  ['packed chunks without an index', { ...BARE, useMessageIndex: false, chunkSize: 2000, compressChunk }],
];

function compressChunk(bytes: Uint8Array) {
  return { compression: 'lz4', compressedData: packLz4(bytes) };
}

/** A message of the tail behind the last chunk of an indexed file, as programs write that flush their chunks by hand. */
function withLooseMessage(whole: Uint8Array, from: Uint8Array): Uint8Array {
  const loose = recordsOf(from)
    .filter(({ opcode }) => opcode === MESSAGE)
    .slice(-2);
  const end = recordsOf(whole).find(({ opcode }) => opcode === DATA_END)!.at;
  const more = loose.flatMap(({ at, length }) => [...from.subarray(at, at + length)]);
  const bytes = Uint8Array.from([...whole.subarray(0, end), ...more, ...whole.subarray(end)]);
  // The footer tells where the summary begins, and a checksum of it that may be 0.
  const view = new DataView(bytes.buffer);
  const footer = bytes.length - MAGIC_LENGTH - 20;
  view.setBigUint64(footer, view.getBigUint64(footer, true) + BigInt(more.length), true);
  view.setBigUint64(footer + 8, 0n, true);
  view.setUint32(footer + 16, 0, true);
  return bytes;
}

const [MESSAGE, DATA_END, MAGIC_LENGTH] = [0x05, 0x0f, 8];

function recordsOf(file: Uint8Array): { opcode: number; at: number; length: number }[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const records: { opcode: number; at: number; length: number }[] = [];
  for (let at = MAGIC_LENGTH; at + 9 < file.length - MAGIC_LENGTH; at += records.at(-1)!.length)
    records.push({ opcode: file[at]!, at, length: 9 + Number(view.getBigUint64(at + 1, true)) });
  return records;
}

describe('MCAP files without an index', () => {
  it('are read where messages lie behind the chunks that the index lists', async () => {
    for (const own of [false, true]) {
      const chunked = await write({ useSummaryOffsets: false, chunkSize: 2000 }, own, COUNT - 1);
      await expectDrive(await open(chunked), COUNT - 1);
      await expectDrive(await open(withLooseMessage(chunked, await write({ useChunks: false }, own))));
    }
  });

  it.each(WAYS)('are read with %s, by others and as we write them', async (_, choices) => {
    for (const own of [false, true]) {
      const recording = await open(await write(choices, own));
      await expectDrive(recording);
      expect(recording.notes).toEqual([]);
    }
  });

  it.each([
    ['outside of chunks', { useChunks: false }],
    ['in a plain chunk', {}],
  ])('are read as far as they go where they were cut off within a message %s', async (_, choices) => {
    const whole = await write(choices);
    const text = new TextDecoder('latin1').decode(whole);
    // Within the eighth picture.
    const at = [...text.matchAll(/"format":"jpeg"/g)][7]!.index + 30;
    const recording = await open(whole.subarray(0, at));
    await expectDrive(recording, 7);
    expect(recording.notes).toEqual([
      'a.mcap is cut off, as when a recording was not ended: what lies before is read (14 messages)',
    ]);
  });

  it('are read where the last packed chunk is cut off, up to it', async () => {
    const whole = await write({ ...BARE, chunkSize: 2000, compressChunk });
    const recording = await open(whole.subarray(0, whole.length - 1000));
    expect(recording.length).toBeGreaterThan(2);
    expect(recording.length).toBeLessThan(COUNT);
    expect(recording.columns.steeringAngle![1]).toBeCloseTo(0.155, 9);
    for (let k = 0; k < recording.length; k++) await recording.frame(k, 'centre');
    expect(recording.notes.join()).toMatch(/cut off/);
  });

  it('are read where zeros follow, as a computer without power leaves them', async () => {
    const whole = await write({ ...BARE, useChunks: false });
    const cut = new Uint8Array(whole.length + 5000);
    // Without the ends of data, of the file and its magic.
    cut.set(whole.subarray(0, whole.length - 50));
    const recording = await open(cut);
    await expectDrive(recording);
    expect(recording.notes.join()).toMatch(/cut off/);
  });

  it('are refused for a message that is damaged, or it is left out', async () => {
    const whole = await write({ useChunks: false });
    const text = new TextDecoder('latin1').decode(whole);
    // The braces of a report and of a picture.
    for (const [what, shift] of [
      ['"drive":{', 8],
      ['"frame_id"', -1],
    ] as const)
      whole[[...text.matchAll(new RegExp(what, 'g'))][3]!.index + shift] = 0;
    await expect(open(whole)).rejects.toThrow(/a\.mcap: \/front: message of .*cannot be decoded.*--skip-bad/);
    const storage = new MemoryStorage('log', { 'a.mcap': whole });
    const recording = await openAnyRecording(storage, codec, { skipBad: true });
    expect([recording.length, recording.skipped.length]).toEqual([COUNT - 1, 2]);
  });

  it('are refused where nothing can be read of them', async () => {
    const whole = await write({ useChunks: false });
    await expect(open(whole.subarray(0, 40))).rejects.toThrow(/a\.mcap: the MCAP file cannot be read: .*mcap recover/);
  });
});
