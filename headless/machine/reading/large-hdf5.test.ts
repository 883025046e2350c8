import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { writeHdf5 } from '../../../datasets/formats/comma-research/testing/write-clip.ts';
import { openRecordingFolder } from './open-recording.ts';

const COUNT = 30_000;
const PLANE = 160 * 320;
/**
 * The first 2048 bytes of a file that Python's h5py wrote: the data set `X`, uint8 of [30000, 3, 160, 320], whose 4.6 GB
 * follow in one piece.
 */
const HEAD = path.join(import.meta.dirname, 'testing/h5py-camera-head.h5');
const HEAD_BYTES = 2048;

it('reads HDF5 files of h5py in pieces, however large', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-h5py-'));
  try {
    mkdirSync(path.join(folder, 'camera'));
    mkdirSync(path.join(folder, 'log'));
    const camera = path.join(folder, 'camera/a.h5');
    copyFileSync(HEAD, camera);
    // Only the last frame is written: the rest of the file takes no space.
    const file = openSync(camera, 'r+');
    const planes = Uint8Array.from({ length: 3 * PLANE }, (_, index) => 7 + Math.floor(index / PLANE));
    writeSync(file, planes, 0, planes.length, HEAD_BYTES + (COUNT - 1) * 3 * PLANE);
    closeSync(file);
    const rows = (value: (row: number) => number) => ({
      data: Float64Array.from({ length: 5 * COUNT }, (_, row) => value(row)),
    });
    const log = await writeHdf5({
      times: rows((row) => 3 + row / 100),
      cam1_ptr: rows((row) => Math.floor(row / 5)),
      steering_angle: rows((row) => row % 5),
      speed: { ...rows(() => 12.5), shape: [5 * COUNT, 1] },
    });
    writeFileSync(path.join(folder, 'log/a.h5'), log);

    const recording = await openRecordingFolder(folder);
    expect([recording.length, recording.segments.length]).toEqual([COUNT, 1]);
    const { steeringAngle, speed, time } = recording.columns;
    // The mean of rows 0 to 4, in tenths of a degree, right positive.
    expect(steeringAngle![COUNT - 1]).toBeCloseTo((-0.2 / 180) * Math.PI, 9);
    expect([speed![COUNT - 1], time[1]!.toFixed(6)]).toEqual([12.5, '0.050000']);
    const { width, height, pixels } = await recording.frame(COUNT - 1, 'centre');
    expect([width, height, ...pixels.subarray(-3)]).toEqual([320, 160, 7, 8, 9]);
    await recording.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
