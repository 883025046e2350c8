import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecordingFolder } from '../storage/open-recording.ts';

/** Debian's own Python is where the package python3-h5py puts h5py. */
const PYTHON = '/usr/bin/python3';
const present = spawnSync(PYTHON, ['-c', 'import h5py']).status === 0;

/** Frames of 153,600 bytes, of which only the last is written: a file of 4.6 GB that takes no space. */
const SCRIPT = `
import sys, h5py, numpy
count = 30000
with h5py.File(sys.argv[1] + '/camera.h5', 'w') as file:
    frames = file.create_dataset('X', (count, 3, 160, 320), dtype='uint8')
    frames[count - 1] = numpy.repeat(numpy.array([7, 8, 9], 'uint8'), 160 * 320).reshape(3, 160, 320)
with h5py.File(sys.argv[1] + '/log.h5', 'w') as file:
    rows = numpy.arange(5 * count)
    file['times'] = 3 + rows / 100.0
    file['cam1_ptr'] = (rows // 5) * 1.0
    file['steering_angle'] = (rows % 5).astype('f4')
    file['speed'] = numpy.full((5 * count, 1), 12.5)
`;

describe.skipIf(!present)("HDF5 files of Python's h5py (needs python3-h5py)", () => {
  it('are read in pieces, however large', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-h5py-'));
    try {
      const move = 'mkdir camera log && mv camera.h5 camera/a.h5 && mv log.h5 log/a.h5';
      expect(spawnSync(PYTHON, ['-c', SCRIPT, folder]).status).toBe(0);
      expect(spawnSync('sh', ['-c', move], { cwd: folder }).status).toBe(0);
      const recording = await openRecordingFolder(folder);
      expect([recording.length, recording.segments.length]).toEqual([30_000, 1]);
      const { steeringAngle, speed, time } = recording.columns;
      // The mean of rows 0 to 4, in tenths of a degree, right positive.
      expect(steeringAngle![29_999]).toBeCloseTo((-0.2 / 180) * Math.PI, 9);
      expect([speed![29_999], time[1]!.toFixed(6)]).toEqual([12.5, '0.050000']);
      const { width, height, pixels } = await recording.frame(29_999, 'centre');
      expect([width, height, ...pixels.subarray(-3)]).toEqual([320, 160, 7, 8, 9]);
      await recording.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
