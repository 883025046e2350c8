import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';

const picture = await greyJpeg(90);
const files = (list: string) =>
  new MemoryStorage('dash', { 'data.txt': list, '0.jpg': picture, '1.jpg': picture, '2.jpg': picture });

describe('SullyChen list', () => {
  it('reads the 2017 form: right-positive degrees, no times', async () => {
    const { columns, metadata } = await openAnyRecording(files('0.jpg 0.000000\n1.jpg 90\n2.jpg -3.5\n'), codec);
    expect([...columns.steeringAngle!]).toEqual([0, -Math.PI / 2, (3.5 * Math.PI) / 180]);
    expect([columns.time[2], metadata.timeSource]).toEqual([2 / 30, 'assumed-rate']);
    expect(columns.speed).toBeUndefined();
  });

  it('reads the 2018 form with its times', async () => {
    const list =
      '0.jpg -3.5,2018-07-01 17:09:44:912\n1.jpg 1,2018-07-01 17:09:44:964\n2.jpg 1,2018-07-01 17:09:45:016\n';
    const { columns, metadata } = await openAnyRecording(files(list), codec);
    expect([...columns.time]).toEqual([0, 0.052, 0.104]);
    expect(metadata.timeSource).toBe('recorded');
  });

  it('says why dates are not used where a line has none', async () => {
    const list = '0.jpg -3.5,2018-07-01 17:09:44:912\n1.jpg 1\n2.jpg 1,2018-07-01 17:09:45:016\n';
    const { columns, notes } = await openAnyRecording(files(list), codec);
    expect([...columns.time]).toEqual([0, 1 / 30, 2 / 30]);
    expect(notes).toEqual([
      '1 of 3 lines have no date, so the dates of the others are not used',
      'nothing tells its times: 30 samples a second are assumed, unless --rate says otherwise',
    ]);
    expect((await openAnyRecording(files(list), codec, { rate: 19 })).notes).toEqual([]);
  });

  it('finds the pictures in a folder of their own', async () => {
    const storage = new MemoryStorage('dash', {
      'data.txt': '0.jpg 1\r\n1.jpg 2\r\n',
      'data/0.jpg': picture,
      'data/1.jpg': picture,
    });
    const recording = await openAnyRecording(storage, codec);
    expect([recording.length, (await recording.frame(1, 'centre')).width]).toEqual([2, 32]);
  });

  it.each([
    ['9.jpg 1', /data\.txt:2: picture: .*9\.jpg is missing/],
    ['1.jpg abc', /data\.txt:2: angle: "abc"/],
    ['1.jpg', /data\.txt:2/],
    ['1.jpg 1,yesterday', /data\.txt:2: date/],
  ])('refuses %s, or skips it', async (line, message) => {
    const storage = files(`0.jpg 1\n${line}\n2.jpg 1\n`);
    await expect(openAnyRecording(storage, codec)).rejects.toThrow(message);
    const recording = await openAnyRecording(storage, codec, { skipBad: true });
    expect([recording.length, recording.segments.length, recording.skipped.length]).toEqual([2, 2, 1]);
  });

  it('takes order and gaps from the numbers of the pictures', async () => {
    const storage = new MemoryStorage('dash', {});
    const lines: string[] = [];
    for (const i of [0, 1, 2, 10, 11, 3]) {
      lines.push(`data/${i}.jpg ${i}`);
      await storage.write(`data/${i}.jpg`, picture);
    }
    await storage.write('data/12.jpg', picture);
    await storage.write('data.txt', `\uFEFF${lines.join('\r\n\r\n')}\r\n`);
    const recording = await openAnyRecording(storage, codec);
    expect([...recording.columns['source.angle']!]).toEqual([0, 1, 2, 3, 10, 11]);
    expect([...recording.columns.time]).toEqual([0, 1, 2, 3, 10, 11].map((number) => number / 30));
    expect(recording.segments).toEqual([
      { start: 0, end: 4 },
      { start: 4, end: 6 },
    ]);
    expect(recording.notes).toEqual([
      "3 lines are not in the order of their pictures' numbers, which counts",
      '6 numbers of pictures are missing in 1 place, the first 4: a gap at each',
      '1 picture in the folder without a row in data.txt: left out',
      'nothing tells its times: 30 samples a second are assumed, unless --rate says otherwise',
    ]);
  });

  it('takes single missing numbers as gaps, and thinned pictures as a lower rate', async () => {
    const numbered = async (numbers: number[]) => {
      const storage = new MemoryStorage('dash', { 'data.txt': numbers.map((i) => `${i}.jpg 1`).join('\n') });
      for (const i of numbers) await storage.write(`${i}.jpg`, picture);
      return openAnyRecording(storage, codec);
    };
    expect((await numbered([0, 1, 2, 4, 5])).segments.map(({ start }) => start)).toEqual([0, 3]);
    const thinned = await numbered([0, 5, 10, 15]);
    expect([thinned.segments.length, thinned.metadata.rate]).toEqual([1, 6]);
    expect(thinned.notes.join()).toContain('numbered in steps of 5');
  });

  it('reads other separators and decimal commas, leaves out repeated lines, and refuses contradictions', async () => {
    const commas = await openAnyRecording(files('0.jpg, 1.5\n1.jpg, 2\n2.jpg, -3\n'), codec);
    expect([...commas.columns['source.angle']!]).toEqual([1.5, 2, -3]);
    const german = await openAnyRecording(files('0.jpg 1,5\n1.jpg 2\n2.jpg -3,25\n'), codec);
    expect([...german.columns['source.angle']!]).toEqual([1.5, 2, -3.25]);
    const twice = await openAnyRecording(files('0.jpg 1\n1.jpg 2\n1.jpg 2\n2.jpg 3\n'), codec);
    expect([twice.length, twice.segments.length, twice.notes[0]]).toEqual([
      3,
      1,
      '1 row repeats one before, with the same picture and labels: left out',
    ]);
    const other = openAnyRecording(files('0.jpg 1\n0.jpg 2\n'), codec);
    await expect(other).rejects.toThrow(/data\.txt:2: picture: line 1 gives the same picture 0\.jpg other labels/);
  });
});
