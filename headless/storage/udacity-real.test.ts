import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitByTimeBlock } from '../../datasets/windows/split.ts';
import { createWindowSource } from '../../datasets/windows/window-source.ts';
import { openRecordingFolder } from './open-recording.ts';

const data = resolve('../shared/data');
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: Float64Array) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

describe.skipIf(!existsSync(data))('the Udacity simulator recordings in ../shared/data', () => {
  it('reads the 1200 centre-only rows', async () => {
    const recording = await openRecordingFolder(`${data}/udacity-lake-centre`);
    expect(recording.length).toBe(1200);
    expect(Object.keys(recording.cameras)).toEqual(['centre']);
    const { time, steeringAngle, speed, torque } = recording.columns;
    // First and last rows: 04:44:45.004, 0, 25.45462 mph and 04:46:20.871, 0, 11.28892 mph.
    expect([time[0], time[1199]]).toEqual([0, 95.867]);
    expect(speed![0]).toBeCloseTo(25.45462 * 0.44704, 9);
    expect(speed![1199]).toBeCloseTo(11.28892 * 0.44704, 9);
    expect(torque).toBeUndefined();
    // 25 degrees at the road wheels times 15.5, right positive in the source.
    const factor = ((25 * Math.PI) / 180) * 15.5;
    expect(mean(steeringAngle!) / -factor).toBeCloseTo(-0.0263, 4);
    expect(deviation(steeringAngle!) / factor).toBeCloseTo(0.2037, 4);
    expect(Math.min(...steeringAngle!)).toBeCloseTo(-0.9159 * factor, 3);
    expect(mean(recording.columns['source.steering']!)).toBeCloseTo(-0.0263, 4);
    expect(recording.metadata.rate).toBeCloseTo(12.7, 0);
    expect(recording.metadata.cameras.centre).toMatchObject({ width: 320, height: 160 });
    const frame = await recording.frame(1199, 'centre');
    expect([frame.width, frame.height, frame.time]).toEqual([320, 160, 95.867]);
    await recording.close();
  });

  it('reads the 240 rows with three cameras', async () => {
    const recording = await openRecordingFolder(`${data}/udacity-lake-3cam`);
    expect(recording.length).toBe(240);
    expect(Object.keys(recording.cameras)).toEqual(['centre', 'left', 'right']);
    const { time, steeringAngle, speed, throttle } = recording.columns;
    const factor = ((25 * Math.PI) / 180) * 15.5;
    expect(steeringAngle![0]).toBeCloseTo(-0.1388816 * factor, 9);
    expect(steeringAngle![239]).toBeCloseTo(0.02074778 * factor, 9);
    expect([time[0], time[1], time[239]]).toEqual([0, 0.111, 27.026]);
    expect(speed![239]).toBeCloseTo(30.18991 * 0.44704, 9);
    expect([throttle![0], throttle![239]]).toEqual([1, 1]);
    expect(await recording.frame(0, 'left')).not.toEqual(await recording.frame(0, 'right'));
    await recording.close();
  });

  it('feeds windows of it', async () => {
    const recording = await openRecordingFolder(`${data}/udacity-lake-3cam`);
    const { train, validation, test } = splitByTimeBlock([recording], { validationShare: 0.2, testTail: 0.1 });
    const crop = { top: 60 / 160, bottom: 25 / 160, left: 0, right: 0 };
    const options = { time: 5, stride: 2, inputSize: { width: 100, height: 33 }, crop };
    for (const part of [train, validation, test]) {
      const source = createWindowSource(part, options);
      expect(source.length).toBeGreaterThan(3);
      const batch = await source.load([0, source.length - 1]);
      expect(batch.frames).toHaveLength(2 * 5 * 100 * 33 * 3);
      expect([...batch.mask].filter((_, i) => i % 3 === 2)).toEqual(new Array(10).fill(0));
      expect(source.steering[0]).toBe(batch.targets[4 * 3]);
    }
    await recording.close();
  });
});
