import { describe, expect, it } from 'vitest';
import { createSharpCodec } from '../../../headless/machine/images/sharp-codec.ts';
import type { Frame } from '../../../sim/frame.ts';
import type { RecordingMetadata } from '../../recording/metadata.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { crc32 } from './crc32.ts';
import { openRecording } from './reader.ts';
import { createRecordingWriter } from './writer.ts';

const codec = createSharpCodec();
const metadata: RecordingMetadata = {
  format: 'wheelhouse',
  name: 'test drive',
  rate: 20,
  timeSource: 'recorded',
  cameras: { centre: { width: 16, height: 8 }, left: { width: 16, height: 8 } },
  conversions: [],
  seed: 7,
  track: { id: 'seed-7' },
};

function plain(value: number, time = 0, width = 16, height = 8): Frame {
  return { width, height, time, pixels: new Uint8Array(width * height * 3).fill(value) };
}

/** Ten samples at 20 Hz; sample i is grey 10 i; sample 3 has no torque, sample 5 no left frame, sample 7 follows a gap. */
async function write(storage: MemoryStorage, encoding: 'jpeg' | 'png' | 'raw' = 'png'): Promise<void> {
  const writer = await createRecordingWriter(storage, metadata, codec, { encoding });
  const shared = plain(0);
  for (let i = 0; i < 10; i++) {
    shared.pixels.fill(10 * i);
    await writer.append({
      time: i / 20,
      values: { steeringAngle: i / 10, speed: 8.25, torque: i === 3 ? Number.NaN : -i },
      frames: i === 5 ? { centre: shared } : { centre: shared, left: plain(200 - i) },
      gap: i === 7,
    });
  }
  await writer.close();
}

describe('crc32', () => {
  it('has the check value of the standard, at any length', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
    expect(crc32(new TextEncoder().encode('The quick brown fox jumps over the lazy dog'))).toBe(0x414fa339);
  });
});

describe('own format', () => {
  it.each(['png', 'jpeg', 'raw'] as const)('reads back what was written as %s', async (encoding) => {
    const storage = new MemoryStorage();
    await write(storage, encoding);
    const recording = await openRecording(storage, codec);
    expect(recording.metadata).toEqual(metadata);
    expect(recording.length).toBe(10);
    expect([...recording.columns.time]).toEqual(Array.from({ length: 10 }, (_, i) => i / 20));
    expect(recording.columns.steeringAngle![9]).toBe(0.9);
    expect([...recording.columns.torque!]).toEqual([-0, -1, -2, Number.NaN, -4, -5, -6, -7, -8, -9].map((v) => v + 0));
    expect(recording.columns.yaw).toBeUndefined();
    expect(recording.segments).toEqual([
      { start: 0, end: 7 },
      { start: 7, end: 10 },
    ]);
    expect([recording.cameras.left!.has(4), recording.cameras.left!.has(5)]).toEqual([true, false]);
    const frame = await recording.frame(6, 'centre');
    expect([frame.width, frame.height, frame.time]).toEqual([16, 8, 0.3]);
    for (const value of frame.pixels) expect(Math.abs(value - 60)).toBeLessThanOrEqual(encoding === 'jpeg' ? 2 : 0);
    await expect(recording.frame(5, 'left')).rejects.toMatchObject({ code: 'bad-image' });
    await expect(recording.frame(10, 'left')).rejects.toThrow(RangeError);
  });

  it('opens at every length that a killed writer can leave, without a repair step', async () => {
    const whole = new MemoryStorage();
    await write(whole);
    const lines = await whole.read('samples.jsonl');
    const centre = await whole.read('frames-centre.bin');
    const newlines = [...lines].flatMap((byte, i) => (byte === 10 ? [i] : []));
    const cut = async (linesKept: number, centreKept: number) => {
      const storage = new MemoryStorage('cut', {
        'recording.json': await whole.read('recording.json'),
        'samples.jsonl': lines.slice(0, linesKept),
        'frames-centre.bin': centre.slice(0, centreKept),
        'frames-left.bin': await whole.read('frames-left.bin'),
      });
      return { storage, recording: await openRecording(storage, codec) };
    };
    for (let kept = 0; kept <= lines.length; kept += 37) {
      const { recording } = await cut(kept, centre.length);
      expect(recording.length).toBe(newlines.filter((at) => at < kept).length);
    }
    const before = JSON.parse(new TextDecoder().decode(lines.slice(newlines[6]! + 1, newlines[7]))).frames.centre;
    const { storage, recording } = await cut(lines.length, before[0] + before[1] - 1);
    expect(recording.length).toBe(7);
    expect((await recording.frame(6, 'centre')).pixels[0]).toBe(60);

    const writer = await createRecordingWriter(storage, metadata, codec, { encoding: 'png', append: true });
    await writer.append({ time: 0.35, values: { speed: 1 }, frames: { centre: plain(99) } });
    await writer.close();
    const longer = await openRecording(storage, codec);
    expect([longer.length, longer.segments.length]).toEqual([8, 2]);
    expect((await longer.frame(7, 'centre')).pixels[0]).toBe(99);
    expect((await longer.frame(6, 'left')).pixels[0]).toBe(194);
  });

  it('refuses to write over a recording, and to append with another camera', async () => {
    const storage = new MemoryStorage();
    await write(storage);
    await expect(createRecordingWriter(storage, metadata, codec)).rejects.toMatchObject({ code: 'recording-exists' });
    const other = { ...metadata, cameras: { centre: { width: 8, height: 8 } } };
    await expect(createRecordingWriter(storage, other, codec, { append: true, encoding: 'png' })).rejects.toMatchObject(
      { code: 'bad-metadata' },
    );
  });

  it.each([
    ['{"time":1,"values":{"speed":NaN},"frames":{}}', /samples\.jsonl:3: speed: .*finite/],
    ['{"time":1,"val', /samples\.jsonl:3: .*JSON/],
    ['{"values":{},"frames":{}}', /samples\.jsonl:3: time/],
    ['{"time":1,"values":{"speed":"3"},"frames":{}}', /samples\.jsonl:3: values\.speed/],
    ['{"time":1,"values":{},"frames":{"rear":[0,1,2]}}', /samples\.jsonl:3: frames\.rear/],
    ['{"time":1,"values":{},"frames":{"centre":[0,-1,2]}}', /samples\.jsonl:3: frames\.centre/],
    ['{"time":1,"values":{},"frames":{"centre":[0,1e9,2]}}', /samples\.jsonl:3: frames\.centre: .*beyond/],
    ['[]', /samples\.jsonl:3/],
  ])('refuses the line %s in the middle, with its place', async (line, message) => {
    const storage = new MemoryStorage();
    await write(storage);
    const lines = new TextDecoder().decode(await storage.read('samples.jsonl')).split('\n');
    lines[2] = line;
    await storage.write('samples.jsonl', lines.join('\n'));
    await expect(openRecording(storage, codec)).rejects.toThrow(message);
  });

  it('refuses a damaged picture and bad metadata, with their places', async () => {
    const storage = new MemoryStorage();
    await write(storage);
    const pictures = await storage.read('frames-centre.bin');
    pictures[40]! ^= 1;
    await storage.write('frames-centre.bin', pictures);
    await expect((await openRecording(storage, codec)).frame(0, 'centre')).rejects.toThrow(
      /frames-centre\.bin.*sample 0/,
    );
    const text = new TextDecoder().decode(await storage.read('recording.json'));
    await storage.write('recording.json', text.replace('"rate": 20', '"rate": -1'));
    await expect(openRecording(storage, codec)).rejects.toThrow(/recording\.json: metadata\.rate/);
  });

  it('refuses bad samples before anything of them is written', async () => {
    const storage = new MemoryStorage();
    const writer = await createRecordingWriter(storage, metadata, codec);
    for (const [sample, message] of [
      [{ time: Number.NaN, values: {}, frames: {} }, /time/],
      [{ time: 0, values: { speed: Number.POSITIVE_INFINITY }, frames: {} }, /values\.speed/],
      [{ time: 0, values: {}, frames: { rear: plain(0) } }, /frames\.rear/],
      [{ time: 0, values: {}, frames: { centre: plain(0, 0, 8, 8) } }, /frames\.centre/],
    ] as const) {
      await expect(writer.append(sample)).rejects.toThrow(message);
    }
    await writer.close();
    expect((await openRecording(storage, codec)).length).toBe(0);
  });
});
