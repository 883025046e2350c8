import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectRecording } from '../../../datasets/inspection/inspect.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { openRealDrive } from '../../../datasets/testing/real-drives/open.ts';
import { splitByTimeBlock } from '../../../datasets/windows/split.ts';
import { createWindowSource } from '../../../datasets/windows/window-source.ts';
import { openRecordingFolder } from '../reading/open-recording.ts';

const data = resolve('../shared/data');
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: Float64Array) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

/** The first and last samples of these recordings, which are always here. */
const samples = resolve(import.meta.dirname, '../../../datasets/formats/samples');
/** 25 degrees at the road wheels times 15.5, right positive in the source. */
const UDACITY = ((25 * Math.PI) / 180) * 15.5;

describe('the ends of real recordings', () => {
  it('reads centre-only rows', async () => {
    const recording = await openRecordingFolder(`${samples}/udacity-simulator/lake-centre-ends`);
    expect([recording.length, Object.keys(recording.cameras)]).toEqual([5, ['centre']]);
    const { time, steeringAngle, speed, torque } = recording.columns;
    expect([...time]).toEqual([0, 0.078, 0.153, 95.794, 95.867]);
    expect(speed![0]).toBeCloseTo(25.45462 * 0.44704, 9);
    expect(speed![4]).toBeCloseTo(11.28892 * 0.44704, 9);
    expect([...steeringAngle!]).toEqual([0, 0, 0, 0, 0]);
    expect(torque).toBeUndefined();
    expect(recording.segments.map(({ start }) => start)).toEqual([0, 3]);
    const frame = await recording.frame(4, 'centre');
    expect([frame.width, frame.height, frame.time]).toEqual([320, 160, 95.867]);
    await recording.close();
  });

  it('reads rows with three cameras, with blanks after the commas', async () => {
    const recording = await openRecordingFolder(`${samples}/udacity-simulator/lake-3cam-ends`);
    expect([recording.length, Object.keys(recording.cameras)]).toEqual([3, ['centre', 'left', 'right']]);
    const { time, steeringAngle, speed, throttle } = recording.columns;
    expect([...time]).toEqual([0, 0.111, 27.026]);
    expect(steeringAngle![0]).toBeCloseTo(-0.1388816 * UDACITY, 9);
    expect(steeringAngle![2]).toBeCloseTo(0.02074778 * UDACITY, 9);
    expect(speed![2]).toBeCloseTo(30.18991 * 0.44704, 9);
    expect([...throttle!]).toEqual([1, 1, 1]);
    expect(await recording.frame(0, 'left')).not.toEqual(await recording.frame(0, 'right'));
    await recording.close();
  });

  it('reads the tub of a real DonkeyCar', async () => {
    const recording = await openRecordingFolder(`${samples}/donkeycar-tub/real-car-ends`);
    // Records 5 to 997 are not there.
    expect(recording.segments).toEqual([
      { start: 0, end: 5 },
      { start: 5, end: 7 },
    ]);
    const stored = recording.columns['source.user/angle']!;
    expect([stored[0], stored[6]]).toEqual([0.2986039775370604, 0.4978868879799249]);
    expect(recording.columns.steeringAngle![0]).toBeCloseTo(-0.2986039775370604 * ((16 * Math.PI) / 180) * 15.5, 12);
    expect(recording.columns.throttle![6]).toBe(0.7063577006975966);
    expect(recording.columns.speed).toBeUndefined();
    const frame = await recording.frame(6, 'centre');
    expect([frame.width, frame.height]).toEqual([160, 120]);
    await recording.close();
  });

  it("reads the dashcam's frames from the subfolder they are in", async () => {
    const recording = await openRecordingFolder(`${samples}/sullychen/dashcam-ends`);
    expect([recording.metadata.format, recording.length]).toEqual(['sullychen', 3]);
    expect([...recording.columns['source.angle']!]).toEqual([0, 0, 2.12]);
    expect(recording.columns.steeringAngle![2]).toBeCloseTo((-2.12 * Math.PI) / 180, 12);
    expect(recording.metadata.cameras.centre).toEqual({ width: 455, height: 256 });
    await recording.close();
  });

  it("reads the highway car's telemetry, left already positive, without images", async () => {
    const recording = await openRecordingFolder(`${samples}/telemetry-csv/highway-ends`);
    expect([recording.length, Object.keys(recording.cameras).length]).toEqual([20, 0]);
    const { time, steeringAngle, speed, torque } = recording.columns;
    expect([time[0], time[19], speed![0], speed![19]]).toEqual([0, 59.9927, 7.9743, 11.1611]);
    expect(steeringAngle![0]).toBeCloseTo((-0.4 * Math.PI) / 180, 12);
    expect(torque).toBeUndefined();
    expect(recording.columns['source.driver_torque_raw']![19]).toBe(-4);
    expect(recording.metadata.rate).toBeCloseTo(50, 0);
    await recording.close();
  });
});

/** Those whose frames show that the sign is right: how sure at least, and what inspection has to say of them. */
const SIGNED = [
  ['udacity-lake-centre', 0.85, ['straight', 'pulses', 'no-torque']],
  ['udacity-lake-3cam', 0.65, ['pulses', 'short']],
  ['donkeycar-tub', 0.85, ['assumed-rate', 'no-speed']],
] as const;

async function expectRightSign(recording: Recording, least: number, codes: readonly string[]): Promise<void> {
  const centre = { ...recording, cameras: { centre: recording.cameras.centre! } };
  const { agreement, findings } = await inspectRecording(centre, { maxFrames: 600 });
  expect(agreement!.verdict).toBe('agrees');
  expect(agreement!.correlation).toBeGreaterThan(least);
  expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]));
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  await recording.close();
}

it.each(SIGNED)('sees in the thinned images of %s that the sign is right', async (name, least, codes) => {
  await expectRightSign(await openRealDrive(name), least, codes);
});

if (existsSync(data)) describeWhole();

/** The recordings as they were published, where they lie beside the project. */
function describeWhole(): void {
  describe('the recordings in ../shared/data', () => {
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
      const factor = UDACITY;
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
      const factor = UDACITY;
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

    it('reads the tub of a real DonkeyCar', async () => {
      const recording = await openRecordingFolder(`${data}/donkeycar-tub`);
      expect([recording.length, recording.segments.length]).toEqual([1000, 1]);
      // The stamps are those of the conversion, 3 ms apart.
      expect([recording.metadata.timeSource, recording.metadata.rate]).toEqual(['assumed-rate', 20]);
      const stored = recording.columns['source.user/angle']!;
      expect([stored[0], stored[999]]).toEqual([0.2986039775370604, 0.4978868879799249]);
      expect([mean(stored), deviation(stored)].map((value) => value.toFixed(4))).toEqual(['0.1605', '0.4001']);
      const full = ((16 * Math.PI) / 180) * 15.5;
      expect(recording.columns.steeringAngle![0]).toBeCloseTo(-0.2986039775370604 * full, 12);
      expect(recording.columns.throttle![999]).toBe(0.7063577006975966);
      expect(recording.columns.speed).toBeUndefined();
      const frame = await recording.frame(999, 'centre');
      expect([frame.width, frame.height]).toEqual([160, 120]);
      await recording.close();
    });

    it("reads the dashcam's frames from the subfolder they are in", async () => {
      const recording = await openRecordingFolder(`${data}/dashcam-sullychen`);
      expect(recording.metadata.format).toBe('sullychen');
      expect(recording.length).toBe(101);
      const degrees = recording.columns['source.angle']!;
      expect([degrees[0], degrees[100], Math.max(...degrees)]).toEqual([0, 2.12, 11.7]);
      expect(mean(degrees)).toBeCloseTo(1.26, 2);
      expect(recording.columns.steeringAngle![100]).toBeCloseTo((-2.12 * Math.PI) / 180, 12);
      expect(recording.metadata.cameras.centre).toEqual({ width: 455, height: 256 });
      await recording.close();
    });

    it("reads the highway car's telemetry, left already positive, without images", async () => {
      const recording = await openRecordingFolder(`${data}/comma2k19-telemetry`);
      expect([recording.length, Object.keys(recording.cameras).length]).toEqual([3000, 0]);
      const { time, steeringAngle, speed, torque } = recording.columns;
      expect([time[0], time[2999], speed![0], speed![2999]]).toEqual([0, 59.9927, 7.9743, 11.1611]);
      expect(steeringAngle![0]).toBeCloseTo((-0.4 * Math.PI) / 180, 12);
      expect(mean(steeringAngle!)).toBeCloseTo((-0.211 * Math.PI) / 180, 4);
      // Raw counts of an unknown scale are no torque.
      expect(torque).toBeUndefined();
      expect(recording.columns['source.driver_torque_raw']![2999]).toBe(-4);
      expect(recording.metadata.rate).toBeCloseTo(50, 0);
      await recording.close();
    });

    it.each(SIGNED)('sees in the images of %s that the sign is right', async (folder, least, codes) => {
      await expectRightSign(await openRecordingFolder(`${data}/${folder}`), least, codes);
    });
  });
}
