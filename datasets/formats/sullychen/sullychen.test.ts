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
});
