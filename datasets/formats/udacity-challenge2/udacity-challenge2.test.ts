import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';

const open = (storage: MemoryStorage, options = {}) => openAnyRecording(storage, codec, options);

describe('Udacity challenge 2', () => {
  const header = 'index,timestamp,width,height,frame_id,filename,angle,torque,speed,lat,long,alt';
  const stamp = (i: number, more = 0) => 1479424215000000000n + 50_000_000n * BigInt(i) + BigInt(more);

  async function table(rows: string[]): Promise<MemoryStorage> {
    const picture = await greyJpeg(100, 64, 48);
    const files: Record<string, Uint8Array | string> = { 'interpolated.csv': `${header}\n${rows.join('\n')}\n` };
    for (let i = 0; i < 3; i++) {
      files[`center/${stamp(i)}.jpg`] = picture;
      files[`left/${stamp(i, 3e6)}.jpg`] = picture;
    }
    return new MemoryStorage('ch2', files);
  }
  const row = (camera: string, i: number, rest: string, more = 0) =>
    // The column of times is damaged in its last digits, as in the early tables; the file names are right.
    `x,${stamp(i) + 77n},640,480,${camera}_camera,${camera}/${stamp(i, more)}.jpg,${rest},37.5,-122.1,10`;

  it('puts the cameras of one instant together, with all three labels', async () => {
    const rows = [0, 1, 2].flatMap((i) => [
      row('left', i, '9,9,9', 3e6),
      row('center', i, `${0.1 * i},${-i},${15 + i}`),
    ]);
    const recording = await open(await table(rows));
    expect(recording.metadata.format).toBe('udacity-challenge2');
    expect([...recording.columns.time]).toEqual([0, 0.05, 0.1]);
    expect([...recording.columns.steeringAngle!]).toEqual([0, 0.1, 0.2]);
    expect([...recording.columns.torque!]).toEqual([0, -1, -2]);
    expect([...recording.columns.speed!]).toEqual([15, 16, 17]);
    expect(Object.keys(recording.cameras)).toEqual(['centre', 'left']);
    expect((await recording.frame(2, 'left')).width).toBe(64);
  });

  it.each([
    [row('center', 7, '0,0,0'), /interpolated\.csv:3: filename: .*missing/],
    [row('center', 1, '0,,0'), /interpolated\.csv:3: torque: ""/],
    [row('rear', 1, '0,0,0'), /interpolated\.csv:3: frame_id/],
    [row('center', 1, '0,0,0').replace(`center/${stamp(1)}`, '../../secret'), /interpolated\.csv:3/],
  ])('refuses %s', async (line, message) => {
    const files = await table([row('center', 0, '0,0,1'), line, row('center', 2, '0,0,1')]);
    await expect(open(files)).rejects.toThrow(message);
    expect((await open(files, { skipBad: true })).length).toBe(2);
  });

  it('counts pictures without a row', async () => {
    const { notes } = await open(await table([row('center', 0, '0,0,1')]));
    expect(notes).toEqual(['5 pictures in the folder without a row in interpolated.csv: left out']);
  });

  it('reads tables of the centre camera alone', async () => {
    const recording = await open(await table([0, 1, 2].map((i) => row('center', i, '0,0,1'))));
    expect([recording.length, Object.keys(recording.cameras)]).toEqual([3, ['centre']]);
  });
});

describe('Udacity challenge 2, test drive', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, i) => `${1479425441182877835n + 50_000_000n * BigInt(i)},${0.1 * i},${i % 2}`);
  const header = 'frame_id,steering_angle,public';

  async function drive(): Promise<MemoryStorage> {
    const picture = await greyJpeg(100);
    const files: Record<string, Uint8Array | string> = {
      'CH2_final_evaluation.csv': `${header}\n${rows(4).join('\n')}\n`,
    };
    for (const row of rows(4)) files[`center/${row.split(',')[0]}.jpg`] = picture;
    return new MemoryStorage('drive', files);
  }

  it('reads the true angles, beside the template too', async () => {
    const storage = await drive();
    await storage.write('final_example.csv', 'frame_id,steering_angle\n1,0\n');
    const recording = await open(storage);
    expect(recording.metadata.format).toBe('udacity-challenge2-test');
    expect([...recording.columns.steeringAngle!]).toEqual([0, 0.1, 0.2, 0.1 * 3]);
    expect([...recording.columns.time]).toEqual([0, 0.05, 0.1, 0.15]);
    expect([recording.columns.speed, recording.columns.torque]).toEqual([undefined, undefined]);
    expect((await recording.frame(3, 'centre')).width).toBe(32);
  });

  it('refuses the template alone, and rows without a picture', async () => {
    const storage = await drive();
    await storage.remove(`center/${rows(4)[1]!.split(',')[0]}.jpg`);
    await expect(open(storage)).rejects.toThrow(
      /^drive\/CH2_final_evaluation\.csv:3: frame_id: the picture .* is missing/,
    );
    const kept = await open(storage, { skipBad: true });
    expect([kept.length, kept.segments.length]).toEqual([3, 2]);
    await storage.write('final_example.csv', await storage.read('CH2_final_evaluation.csv'));
    await storage.remove('CH2_final_evaluation.csv');
    await expect(open(storage)).rejects.toThrow(/final_example\.csv: its angles are a template/);
  });

  it('says what angles without pictures are good for', async () => {
    const storage = new MemoryStorage('angles');
    await storage.write('komanda.csv', 'frame_id,steering_angle\n1479425441182877835,-0.08\n');
    await expect(open(storage)).rejects.toThrow(/angles: there are steering angles but no pictures.*wheelhouse score/);
  });
});
