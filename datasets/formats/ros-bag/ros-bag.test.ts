import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';
import { type Packing, packLz4, TYPES, type WrittenMessage, writeBag, writeDriveBag } from './testing/write-bag.ts';

describe('ROS bags', () => {
  it('reads cameras and interpolates the steering reports at the times of the pictures', async () => {
    const jpeg = await greyJpeg(90, 16, 8);
    const storage = new MemoryStorage('bags', { 'HMB_1.bag': writeDriveBag(jpeg) });
    const recording = await openAnyRecording(storage, codec);
    expect(recording.metadata).toMatchObject({
      format: 'ros-bag',
      cameras: { centre: { width: 16 }, left: { width: 4 } },
    });
    expect(recording.length).toBe(20);
    expect(recording.metadata.rate).toBeCloseTo(20, 3);
    for (const i of [0, 1, 7, 19]) {
      expect(recording.columns.time[i]).toBeCloseTo(i / 20, 5);
      expect(recording.columns.steeringAngle![i]).toBeCloseTo(i / 20 - 0.5, 5);
      expect(recording.columns.torque![i]).toBeCloseTo(i / 10, 5);
      expect(recording.columns.speed![i]).toBe(15);
    }
    expect([...(await recording.frame(7, 'left')).pixels.subarray(0, 3)]).toEqual([30, 20, 10]);
    expect((await recording.frame(19, 'centre')).pixels[0]).toBeGreaterThan(80);
    // Packed pictures are carried over byte for byte; raw ones have no bytes of their own.
    expect(await recording.cameras.centre!.encoded!(7)).toEqual({ type: 'jpeg', bytes: jpeg });
    expect(recording.cameras.left!.encoded).toBeUndefined();
  });

  it('leaves out what a copy of a bag repeats, and says so', async () => {
    const bag = writeDriveBag(await greyJpeg(90, 16, 8));
    const recording = await openAnyRecording(new MemoryStorage('bags', { 'a.bag': bag, 'a (1).bag': bag }), codec);
    expect([recording.length, recording.segments.length]).toEqual([20, 1]);
    expect(recording.columns.steeringAngle![7]).toBeCloseTo(7 / 20 - 0.5, 5);
    expect(recording.notes).toEqual(['40 pictures are in two of the files, and left out of the second']);
  });

  it('says that no sample has steering where the camera has a clock of its own, and why', async () => {
    const bag = writeDriveBag(await greyJpeg(90, 16, 8), 20, undefined, true);
    const { notes } = await openAnyRecording(new MemoryStorage('bags', { 'HMB_1.bag': bag }), codec);
    expect(notes.join('; ')).toMatch(/pictures have times from 12\.0 s .*counts from when its machine was started/);
    expect(notes.at(-1)).toMatch(/^no sample has a steering angle/);
  });

  it.each([
    ['in its index', (whole: Uint8Array) => whole.length - 100, 20],
    ['in the middle of a message', (whole: Uint8Array) => Math.floor(whole.length / 2), 8],
  ])('reads a bag that ends early, %s, as far as it goes', async (_, end, atLeast) => {
    const whole = writeDriveBag(await greyJpeg(90, 16, 8));
    const recording = await openAnyRecording(
      new MemoryStorage('bags', { 'HMB_1.bag': whole.subarray(0, end(whole)) }),
      codec,
    );
    expect(recording.length).toBeGreaterThanOrEqual(atLeast);
    expect(recording.columns.steeringAngle![4]).toBeCloseTo(4 / 20 - 0.5, 5);
    expect([...(await recording.frame(4, 'left')).pixels.subarray(0, 3)]).toEqual([30, 20, 10]);
    expect(recording.notes[0]).toMatch(/^HMB_1\.bag has no index, .* is read \(\d+ messages\)$/);
    await expect(
      openAnyRecording(new MemoryStorage('bags', { 'HMB_1.bag': whole.subarray(0, 4200) }), codec),
    ).rejects.toThrow(/^bags\/HMB_1\.bag: .*rosbag reindex/);
  });

  it('reads a bag whose recording was not ended: no index, and a chunk without a length', async () => {
    const whole = writeDriveBag(await greyJpeg(90, 16, 8));
    const view = new DataView(whole.buffer);
    const text = new TextDecoder('latin1').decode(whole);
    // The place of the index, and the counts, are written at the end.
    for (const [name, bytes] of [
      ['index_pos=', 8],
      ['conn_count=', 4],
      ['chunk_count=', 4],
    ] as const) {
      whole.fill(0, text.indexOf(name) + name.length, text.indexOf(name) + name.length + bytes);
    }
    const head = 13 + 4096;
    const length = view.getUint32(head, true);
    const body = view.getUint32(head + 4 + length, true);
    view.setUint32(head + 4 + length, 0, true);
    const storage = new MemoryStorage('bags', { 'drive.bag.active': whole.subarray(0, head + 8 + length + body - 5) });
    const recording = await openAnyRecording(storage, codec);
    expect(recording.length).toBe(20);
    expect(recording.columns.steeringAngle![7]).toBeCloseTo(7 / 20 - 0.5, 5);
    expect((await recording.frame(19, 'centre')).pixels[0]).toBeGreaterThan(80);
  });

  const bzip2 = (bytes: Uint8Array) => spawnSync('bzip2', ['-c'], { input: bytes }).stdout;
  const packings: [Packing['name'], Packing['pack']][] = [['lz4', packLz4]];
  if (spawnSync('bzip2', ['--help']).status === 0) packings.push(['bz2', bzip2]);

  it.each(packings)('reads bags packed with %s, and refuses damage in them', async (name, pack) => {
    const bytes = writeDriveBag(await greyJpeg(90, 16, 8), 20, { name, pack });
    const recording = await openAnyRecording(new MemoryStorage('bags', { 'a.bag': bytes }), codec);
    expect([recording.length, Object.keys(recording.cameras)]).toEqual([20, ['centre', 'left']]);
    expect(recording.columns.steeringAngle![7]).toBeCloseTo(7 / 20 - 0.5, 5);
    expect([...(await recording.frame(7, 'left')).pixels.subarray(0, 3)]).toEqual([30, 20, 10]);
    // Also without its index: the packed chunk is whole.
    const early = new MemoryStorage('bags', { 'a.bag': bytes.subarray(0, bytes.length - 100) });
    const scanned = await openAnyRecording(early, codec);
    expect([scanned.length, scanned.columns.steeringAngle]).toEqual([20, recording.columns.steeringAngle]);
    expect([...(await scanned.frame(7, 'left')).pixels.subarray(0, 3)]).toEqual([30, 20, 10]);
    const cut = writeDriveBag(await greyJpeg(90), 20, { name, pack: (plain) => pack(plain).slice(0, 300) });
    const damaged = new MemoryStorage('bags', { 'a.bag': cut });
    await expect(openAnyRecording(damaged, codec)).rejects.toThrow(
      /^bags\/a\.bag: the bag cannot be read: “a \w+ chunk/,
    );
  });

  const header = (time: number) => ({ seq: 0, stamp: { sec: 1000, nsec: Math.round(time * 1e9) }, frame_id: '' });
  const ackermann = {
    type: 'ackermann_msgs/AckermannDriveStamped',
    definition: `Header header\nackermann_msgs/AckermannDrive drive\n${'='.repeat(80)}\nMSG: std_msgs/Header\nuint32 seq\ntime stamp\nstring frame_id\n${'='.repeat(80)}\nMSG: ackermann_msgs/AckermannDrive\nfloat32 steering_angle\nfloat32 speed\n`,
  };

  it('reads cars of others: one camera whatever its topic, angles at the road wheels', async () => {
    const jpeg = await greyJpeg(90, 16, 8);
    const messages: WrittenMessage[] = [];
    for (let k = 0; k < 6; k++) {
      const time = { sec: 1000, nsec: k * 5e7 };
      const image = { header: header(k / 20), format: 'jpeg', data: jpeg };
      messages.push({ topic: '/usb_cam/image_raw/compressed', ...TYPES.compressed, time, content: image });
      const drive = { steering_angle: 0.1 * k, speed: 2 };
      messages.push({ topic: '/drive', ...ackermann, time, content: { header: header(k / 20), drive } });
    }
    const storage = new MemoryStorage('bags', { 'a.bag': writeBag(messages) });
    const recording = await openAnyRecording(storage, codec, { steeringRatio: 10 });
    expect(Object.keys(recording.cameras)).toEqual(['centre']);
    expect(recording.columns.steeringAngle![3]).toBeCloseTo(3, 5);
    expect(recording.columns['source.drive.steering_angle']![3]).toBeCloseTo(0.3, 5);
    expect(recording.columns.speed![5]).toBe(2);
    expect(recording.columns.torque).toBeUndefined();
    expect(recording.metadata.conversions.map(({ column, factor }) => [column, factor])).toEqual([
      ['steeringAngle', 10],
      ['speed', 1],
    ]);
  });

  it('lists the topics of a bag without steering or pictures', async () => {
    const image = { header: header(0), format: 'jpeg', data: await greyJpeg(90) };
    const only = { topic: '/cam/image_raw', ...TYPES.compressed, time: { sec: 1, nsec: 0 }, content: image };
    const blind = new MemoryStorage('bags', { 'a.bag': writeBag([only]) });
    await expect(openAnyRecording(blind, codec)).rejects.toThrow(
      /^bags: there is no steering angle among the topics: \/cam\/image_raw \(sensor_msgs\/CompressedImage\); record one of dbw_mkz_msgs\/SteeringReport/,
    );
  });

  it('tells what to do with a bag of ROS 2 in SQLite', async () => {
    const storage = new MemoryStorage('bag', { 'bag_0.db3': 'SQLite format 3\0', 'metadata.yaml': '' });
    await expect(openAnyRecording(storage, codec)).rejects.toThrow(
      /^bag\/bag_0\.db3: .*; convert it: ros2 bag convert/,
    );
  });
});
