import { describe, expect, it } from 'vitest';
import { createSharpCodec } from '../../../headless/machine/images/sharp-codec.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { detectFormat, openAnyRecording } from '../open.ts';

const codec = createSharpCodec();
const picture = await codec.encode(
  { width: 32, height: 16, time: 0, pixels: new Uint8Array(32 * 16 * 3).fill(80) },
  { type: 'jpeg', quality: 90 },
);
const stamp = (i: number) => `2024_05_06_10_11_12_${String(100 + 70 * i).padStart(3, '0')}.jpg`;

function storage(log: string, samples = 3, cameras = ['center', 'left', 'right']): MemoryStorage {
  const files: Record<string, Uint8Array | string> = { 'driving_log.csv': log };
  for (let i = 0; i < samples; i++) for (const camera of cameras) files[`IMG/${camera}_${stamp(i)}`] = picture;
  return new MemoryStorage('lake', files);
}

const styles = {
  'Windows paths with blanks': (name: string) => `C:\\Users\\me\\my rec\\IMG\\${name}`,
  'absolute paths': (name: string) => `/home/me/IMG/${name}`,
  'relative paths with a blank': (name: string) => ` IMG/${name}`,
};

function row(i: number, rest: string, path = styles['absolute paths']): string {
  return [...['center', 'left', 'right'].map((camera) => path(`${camera}_${stamp(i)}`)), rest].join(',');
}

const FACTOR = -((25 * Math.PI) / 180) * 15.5;

describe('Udacity simulator log', () => {
  it.each(Object.entries(styles))('reads rows with %s, with and without header', async (_, path) => {
    const rows = [
      row(0, '0.5,0.7,0,20', path),
      row(1, ' -0.25, 1, 0, 10', path),
      row(2, '1.407884E-06,0,0.5,30', path),
    ];
    for (const header of ['', 'center,left,right,steering,throttle,brake,speed\n']) {
      const files = storage(`${header}${rows.join('\n')}\n`);
      expect((await detectFormat(files))?.format.name).toBe('udacity-simulator');
      const { columns, cameras, segments, metadata, length } = await openAnyRecording(files, codec);
      expect(length).toBe(3);
      expect([...columns.time]).toEqual([0, 0.07, 0.14]);
      expect([...columns.steeringAngle!]).toEqual([0.5 * FACTOR, -0.25 * FACTOR, 1.407884e-6 * FACTOR]);
      expect(columns.speed![1]).toBeCloseTo(4.4704, 12);
      expect([...columns.brake!]).toEqual([0, 0, 0.5]);
      expect(Object.keys(cameras)).toEqual(['centre', 'left', 'right']);
      expect(segments).toEqual([{ start: 0, end: 3 }]);
      expect(metadata.conversions[0]).toMatchObject({ column: 'steeringAngle', factor: FACTOR });
    }
  });

  it('splits appended sessions and takes the ratio given', async () => {
    const later = row(2, '1,0,0,1').replaceAll('10_11_12_240', '11_30_00_000');
    const files = storage(`${row(0, '1,0,0,1')}\n${row(1, '1,0,0,1')}\n${later}\n`, 2);
    for (const camera of ['center', 'left', 'right']) {
      await files.write(`IMG/${camera}_2024_05_06_11_30_00_000.jpg`, picture);
    }
    const recording = await openAnyRecording(files, codec, { steeringRatio: 10 });
    expect(recording.segments).toHaveLength(2);
    expect(recording.columns.steeringAngle![0]).toBeCloseTo((-250 * Math.PI) / 180, 12);
  });

  it('takes the centre camera alone when no side picture is there', async () => {
    const recording = await openAnyRecording(storage(`${row(0, '0,0,0,1')}\n`, 1, ['center']), codec);
    expect(Object.keys(recording.cameras)).toEqual(['centre']);
    expect((await recording.frame(0, 'centre')).width).toBe(32);
  });

  it.each([
    ['a missing centre picture', row(7, '0,0,0,1'), /driving_log\.csv:2: center: .*590\.jpg is missing/],
    ['a steering of nan', row(1, 'nan,0,0,1'), /driving_log\.csv:2: steering: "nan"/],
    ['an empty speed', row(1, '0,0,0,'), /driving_log\.csv:2: speed: ""/],
    ['too few fields', 'IMG/a.jpg,0.1', /driving_log\.csv:2: 2 fields/],
    ['decimal commas', row(1, '0,5,0,7,0,21,4'), /driving_log\.csv:2: .*decimal commas/],
  ])('refuses %s, or skips the row and starts a new segment', async (_, line, message) => {
    const files = storage(`${row(0, '0,0,0,1')}\n${line}\n${row(2, '0.5,0,0,1')}\n`);
    await expect(openAnyRecording(files, codec)).rejects.toThrow(message);
    const recording = await openAnyRecording(files, codec, { skipBad: true });
    expect([recording.length, recording.segments.length]).toEqual([2, 2]);
    expect(recording.skipped).toEqual([expect.stringMatching(message)]);
  });

  it('refuses a broken picture when it is looked at', async () => {
    const files = storage(`${row(0, '0,0,0,1')}\n${row(1, '0,0,0,1')}\n`);
    await files.write(`IMG/center_${stamp(1)}`, picture.slice(0, 200));
    const recording = await openAnyRecording(files, codec);
    await expect(recording.frame(1, 'centre')).rejects.toThrow(/IMG\/center_2024_05_06_10_11_12_170\.jpg/);
  });

  it('refuses a log without rows, and a folder that is nothing known', async () => {
    await expect(openAnyRecording(storage(''), codec)).rejects.toMatchObject({ code: 'bad-recording' });
    await expect(openAnyRecording(new MemoryStorage('x', { a: 'b' }), codec)).rejects.toMatchObject({
      code: 'unknown-format',
    });
  });
});
