import { dump } from 'npyjs';
import { describe, expect, it } from 'vitest';
import { codec } from '../../headless/machine/images/testing/grey-jpeg.ts';
import { registerWebCodecs } from '../../headless/machine/images/webcodecs.ts';
import { MemoryStorage } from '../storage/memory.ts';
import { startVideo } from '../video/encode.ts';
import { accessUnits } from '../video/hevc-stream.ts';
import { decodeText } from './json.ts';
import { openAnyRecording } from './open.ts';

const open = (storage: MemoryStorage, options = {}) =>
  openAnyRecording(storage, codec, { prepareVideo: registerWebCodecs, ...options });
const video = await registerWebCodecs();
const size = { width: 64, height: 48 };
/** Frame i of every test video is plain grey of this level. */
const level = (i: number) => 40 + 8 * i;
const grey = (i: number) => ({ ...size, time: 0, pixels: new Uint8Array(64 * 48 * 3).fill(level(i)) });

async function matroska(frames: number): Promise<Uint8Array> {
  const video = await startVideo(size.width, size.height, { rate: 30, container: 'mkv', keyFrameEvery: 5 });
  for (let i = 0; i < frames; i++) await video.add(grey(i));
  return video.finish();
}

/** A raw H.265 stream with a key frame every five frames. */
async function hevc(frames: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const encoder = new VideoEncoder({
    output(chunk) {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      parts.push(bytes);
    },
    error(error) {
      throw error;
    },
  });
  const settings = { codec: 'hev1.1.6.L93.B0', ...size, bitrate: 2e6, framerate: 20, latencyMode: 'realtime' };
  encoder.configure({ ...settings, hevc: { format: 'annexb' } } as VideoEncoderConfig);
  for (let i = 0; i < frames; i++) {
    const rgbx = new Uint8Array(64 * 48 * 4).fill(level(i));
    const frame = new VideoFrame(rgbx, { format: 'RGBX', codedWidth: 64, codedHeight: 48, timestamp: 50_000 * i });
    encoder.encode(frame, { keyFrame: i % 5 === 0 });
    frame.close();
  }
  await encoder.flush();
  encoder.close();
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

describe.skipIf(!video)('DeepTesla (needs WebCodecs)', () => {
  async function epochs(): Promise<MemoryStorage> {
    const rows = (frameField: string, count: number) =>
      `ts_micro,${frameField},wheel\n${Array.from({ length: count }, (_, i) => `${1e9 + 33_333 * i},${i},${i / 2}`).join('\n')}\n`;
    return new MemoryStorage('epochs', {
      'epoch01_steering.csv': rows('frame', 12),
      'epoch01_front.mkv': await matroska(10),
      'epoch03_steering.csv': rows('frame_index', 6),
      'epoch03_front.mkv': await matroska(6),
    });
  }

  it('joins epochs of both headers, up to the shorter of rows and frames, and finds frames in any order', async () => {
    const recording = await open(await epochs());
    expect(recording.metadata.format).toBe('deeptesla');
    expect(recording.segments).toEqual([
      { start: 0, end: 10 },
      { start: 10, end: 16 },
    ]);
    expect(recording.columns.steeringAngle![9]).toBeCloseTo((-4.5 * Math.PI) / 180, 12);
    expect(recording.columns.time[9]).toBeCloseTo(9 * 0.033333, 9);
    expect(recording.columns.speed).toBeUndefined();
    for (const index of [0, 1, 9, 3, 15, 10, 8]) {
      const frame = await recording.frame(index, 'centre');
      expect([frame.width, frame.height]).toEqual([64, 48]);
      expect(Math.abs(frame.pixels[3000]! - level(index < 10 ? index : index - 10))).toBeLessThanOrEqual(3);
    }
    await recording.close();
  });

  it('counts the rows beyond the end of a video', async () => {
    const storage = await epochs();
    const table = decodeText(await storage.read('epoch01_steering.csv'));
    await storage.write('epoch01_steering.csv', `${table.trimEnd()}\n900000,90,1\n933333,91,1\n`);
    const [before, recording] = [await open(await epochs()), await open(storage)];
    const count = (notes: readonly string[]) => Number(/epoch01.*left out: (\d+)/.exec(notes.join('\n'))?.[1] ?? 0);
    expect(count(recording.notes)).toBe(count(before.notes) + 2);
    for (const one of [before, recording]) await one.close();
  });

  it('refuses a missing or broken video, and a bad angle', async () => {
    const missing = await epochs();
    await missing.remove('epoch03_front.mkv');
    await expect(open(missing)).rejects.toThrow(/epoch03_steering\.csv: its video is missing/);
    expect((await open(missing, { skipBad: true })).length).toBe(10);
    const broken = await epochs();
    await broken.write('epoch01_front.mkv', new Uint8Array(500).fill(3));
    await expect(open(broken)).rejects.toThrow(/epoch01_front\.mkv/);
    const rest = await open(broken, { skipBad: true });
    expect([rest.length, rest.skipped.length]).toEqual([6, 1]);
    await rest.close();
    const odd = await epochs();
    await odd.write('epoch01_steering.csv', 'ts_micro,frame,wheel\n1,0,0\n2,1,x\n');
    await expect(open(odd)).rejects.toThrow(/epoch01_steering\.csv:3: wheel: "x"/);
  });
});

describe.skipIf(!video)('comma2k19 (needs WebCodecs)', () => {
  const npy = (values: number[], shape = [values.length]) =>
    new Uint8Array(dump(Float64Array.from(values), shape, { dtype: 'f8' }));

  async function segment(): Promise<MemoryStorage> {
    // Log at 80 Hz from 100 s; frames at 20 Hz from 100.005 s.
    const t = Array.from({ length: 80 }, (_, i) => 100 + i / 80);
    const can = 'processed_log/CAN';
    return new MemoryStorage('segment', {
      [`${can}/steering_angle/t`]: npy(t),
      [`${can}/steering_angle/value`]: npy(t.map((moment) => 10 * (moment - 100))),
      [`${can}/speed/t`]: npy(t),
      [`${can}/speed/value`]: npy(
        t.map(() => 20),
        [80, 1],
      ),
      'global_pose/frame_times': npy(Array.from({ length: 14 }, (_, i) => 100.005 + i / 20)),
      'video.hevc': await hevc(14),
    });
  }

  it('interpolates labels at the times of the frames and decodes the raw video in any order', async () => {
    const recording = await open(await segment());
    expect(recording.metadata.format).toBe('comma2k19');
    expect(recording.length).toBe(14);
    recording.columns.time.forEach((time, i) => {
      expect(time).toBeCloseTo(i / 20, 9);
      expect(recording.columns.steeringAngle![i]).toBeCloseTo((10 * (0.005 + i / 20) * Math.PI) / 180, 9);
    });
    expect([...recording.columns.speed!]).toEqual(new Array(14).fill(20));
    for (const index of [0, 1, 2, 13, 6, 5, 12]) {
      const frame = await recording.frame(index, 'centre');
      expect([frame.width, frame.height]).toEqual([64, 48]);
      expect(Math.abs(frame.pixels[3000]! - level(index))).toBeLessThanOrEqual(4);
    }
    await recording.close();
  });

  it('refuses a segment without the CAN log, and needs neither raw log nor speed', async () => {
    const files = await segment();
    await files.remove('processed_log/CAN/speed');
    const recording = await open(files);
    expect([recording.length, recording.columns.speed]).toEqual([14, undefined]);
    expect(recording.metadata.conversions.map(({ column }) => column)).toEqual(['steeringAngle']);
    await recording.close();
    await files.remove('processed_log');
    await expect(open(files)).rejects.toThrow(/^segment\/processed_log\/CAN\/steering_angle: is missing/);
  });

  it('counts times without a frame, and frames without a time', async () => {
    for (const [times, left] of [
      [20, 'times without a frame'],
      [9, 'frames without a time'],
    ] as const) {
      const files = await segment();
      await files.write('global_pose/frame_times', npy(Array.from({ length: times }, (_, i) => 100.005 + i / 20)));
      const recording = await open(files);
      expect([recording.length, recording.notes]).toEqual([
        Math.min(14, times),
        [`video.hevc: ${left}, left out: ${Math.abs(14 - times)}`],
      ]);
      await recording.close();
    }
  });

  it('cuts the stream into its pictures', async () => {
    const stream = await hevc(14);
    const units = accessUnits(stream);
    expect(units.map(({ key }) => key)).toEqual(Array.from({ length: 14 }, (_, i) => i % 5 === 0));
    expect([units[0]!.start, units[13]!.end]).toEqual([0, stream.length]);
  });

  it('reads a segment without video, and refuses arrays that do not fit', async () => {
    const files = await segment();
    await files.remove('video.hevc');
    const recording = await open(files);
    expect([recording.length, Object.keys(recording.cameras).length]).toEqual([80, 0]);
    await files.write('processed_log/CAN/speed/value', npy([1, 2, 3]));
    await expect(open(files)).rejects.toThrow(/speed\/value: 3 values at 80 times/);
    await files.write('processed_log/CAN/steering_angle/t', new Uint8Array(200));
    await expect(open(files)).rejects.toThrow(/steering_angle\/t: no NumPy array/);
  });
});
