import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/images/test-pictures.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';
import { writeDriveBag } from './testing/write-bag.ts';

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
  });

  it('refuses a bag that ends early', async () => {
    const whole = writeDriveBag(await greyJpeg(90, 16, 8));
    const storage = new MemoryStorage('bags', { 'HMB_1.bag': whole.subarray(0, whole.length - 100) });
    await expect(openAnyRecording(storage, codec)).rejects.toThrow(/^bags\/HMB_1\.bag: .*rosbag reindex/);
  });
});
