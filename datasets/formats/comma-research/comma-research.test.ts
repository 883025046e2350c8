import { describe, expect, it } from 'vitest';
import { codec } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';
import { writeClip, writeHdf5 } from './testing/write-clip.ts';

async function clips(): Promise<MemoryStorage> {
  const [a, b] = [await writeClip(6), await writeClip(4)];
  return new MemoryStorage('set', {
    'camera/a.h5': a.camera,
    'log/a.h5': a.log,
    'camera/b.h5': b.camera,
    'log/b.h5': b.log,
  });
}

describe('comma research', () => {
  it('joins clips; the labels of a frame are the means over its rows', async () => {
    const recording = await openAnyRecording(await clips(), codec);
    expect(recording.metadata.format).toBe('comma-research');
    expect(recording.segments).toEqual([
      { start: 0, end: 6 },
      { start: 6, end: 10 },
    ]);
    const { time, steeringAngle, speed, throttle, torque } = recording.columns;
    for (const [index, frame] of [0, 1, 2, 3, 4, 5, 0, 1, 2, 3].entries()) {
      // Rows 5 k to 5 k + 4: their mean is row 5 k + 2. Tenths of a degree, right positive.
      expect(steeringAngle![index]).toBeCloseTo((-(2 * (5 * frame + 2) - 10) / 10 / 180) * Math.PI, 12);
      expect(speed![index]).toBeCloseTo(15 + 5 * frame + 2, 9);
      expect(time[index]).toBeCloseTo(index < 6 ? frame / 20 : 0.25 + 1 + frame / 20, 9);
    }
    expect(throttle![0]).toBe(0.25);
    // What the log calls torque is a rate, and gears have no mean.
    expect([torque, recording.columns['source.gear_choice']]).toEqual([undefined, undefined]);
    expect(recording.columns['source.steering_torque']![0]).toBe(3);
    expect(recording.metadata.conversions[0]).toMatchObject({ field: 'steering_angle', factor: -Math.PI / 1800 });
    for (const [index, frame] of [
      [0, 0],
      [9, 3],
      [5, 5],
    ]) {
      const { width, height, pixels } = await recording.frame(index!, 'centre');
      expect([width, height, ...pixels.subarray(0, 6)]).toEqual([
        ...[16, 8],
        ...[10 * frame!, 10 * frame! + 1, 10 * frame! + 2],
        ...[10 * frame!, 10 * frame! + 1, 10 * frame! + 2],
      ]);
    }
    await recording.close();
  });

  it('reads of the camera only the frames that are asked for', async () => {
    const storage = await clips();
    let bytes = 0;
    const open = storage.openBlocking.bind(storage);
    storage.openBlocking = async (path) => {
      const file = await open(path);
      const read = (offset: number, length: number) => {
        if (path.startsWith('camera/')) bytes += length;
        return file.read(offset, length);
      };
      return { ...file, read };
    };
    const count = 4000;
    const { camera, log } = await writeClip(count);
    await storage.write('camera/a.h5', camera);
    await storage.write('log/a.h5', log);
    const recording = await openAnyRecording(storage, codec);
    await recording.frame(2000, 'centre');
    expect(recording.length).toBe(count + 4);
    expect(camera.length).toBeGreaterThan(1_500_000);
    // HDF5 reads ahead by 64 kB.
    expect(bytes).toBeLessThan(200_000);
    await recording.close();
  });

  it('leaves frames without rows out, and rows without frames', async () => {
    const { camera } = await writeClip(3);
    const log = await writeHdf5({
      times: { data: Float64Array.of(0, 0.01, 0.02, 0.03) },
      cam1_ptr: { data: Float64Array.of(-1, 0, 2, 7) },
      steering_angle: { data: Float64Array.of(1, 2, 3, 4) },
    });
    const storage = new MemoryStorage('set', { 'camera/a.h5': camera, 'log/a.h5': log });
    const recording = await openAnyRecording(storage, codec);
    expect([...recording.columns['source.steering_angle']!]).toEqual([2, 3]);
    expect(recording.segments).toHaveLength(2);
    expect(recording.notes).toEqual([
      'a.h5: rows of the log whose frame is not there, left out: 2',
      'a.h5: frames without a row of the log, left out: 1',
    ]);
    expect([recording.columns.speed, recording.columns.throttle]).toEqual([undefined, undefined]);
    expect((await recording.frame(1, 'centre')).pixels[0]).toBe(20);
    await recording.close();
  });

  it('refuses what is missing or damaged, by file and field', async () => {
    const storage = await clips();
    await storage.remove('camera/b.h5');
    await expect(openAnyRecording(storage, codec)).rejects.toThrow(/set\/log\/b\.h5: camera\/b\.h5 is missing/);
    const kept = await openAnyRecording(storage, codec, { skipBad: true });
    expect([kept.length, kept.skipped.length]).toEqual([6, 1]);
    const log = await storage.read('log/a.h5');
    await storage.write('log/a.h5', log.slice(0, 900));
    await expect(openAnyRecording(storage, codec)).rejects.toThrow(/set\/log\/a\.h5: the HDF5 file cannot be read/);
    const times = { data: Float64Array.of(0, 0.01) };
    await storage.write('log/a.h5', await writeHdf5({ times, cam1_ptr: times }));
    await expect(openAnyRecording(storage, codec)).rejects.toThrow(
      /log\/a\.h5: steering_angle: is missing among: cam1_ptr, times/,
    );
    await storage.write('log/a.h5', log);
    await storage.write('camera/a.h5', await writeHdf5({ X: { data: new Uint8Array(24), shape: [2, 3, 4] } }));
    await expect(openAnyRecording(storage, codec)).rejects.toThrow(/camera\/a\.h5: X: its shape is \(2, 3, 4\)/);
  });
});
