import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Refusal } from '../../../sim/refusal.ts';
import { WHEELHOUSE } from '../../testing/run-program.ts';
import { writeTinyRecording } from '../../work/training/testing/tiny-recording.ts';
import { DiskStorage } from './disk.ts';
import { diskRefusal, onDisk } from './disk-fault.ts';

it.each(['ENOSPC', 'EDQUOT', 'EFBIG', 'EACCES', 'EPERM', 'EROFS', 'EMFILE', 'ENFILE', 'EIO', 'ENAMETOOLONG'])(
  'a %s is refused with the file and a mend',
  (code) => {
    const refusal = diskRefusal(Object.assign(new Error(code), { code }), 'out/model.json');
    expect(refusal).toMatchObject({
      where: 'out/model.json',
      message: expect.stringMatching(/^out\/model\.json: .+; .+/),
    });
  },
);

it('leaves other errors and refusals as they are', async () => {
  const refusal = new Refusal('some', 'where', 'what', 'mend');
  for (const error of [new TypeError('a fault of ours'), refusal]) {
    expect(diskRefusal(error, 'x')).toBeUndefined();
    await expect(onDisk('x', () => Promise.reject(error))).rejects.toBe(error);
  }
});

it('a name that no disk takes is refused by every way of writing', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-disk-fault-'));
  const storage = new DiskStorage(folder);
  const name = 'x'.repeat(300);
  for (const write of [
    () => storage.write(name, ''),
    () => storage.write(`${name}/a`, ''),
    () => storage.openAppend(name),
  ]) {
    await expect(write()).rejects.toMatchObject({ code: 'long-name' });
  }
  expect(await readdir(folder)).toEqual([]);
  await storage.close();
  await rm(folder, { recursive: true });
});

// Windows has no limit on the size of a file.
it.skipIf(process.platform === 'win32')(
  'a training that finds no space is refused in one line and leaves nothing',
  async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-no-space-'));
    await writeTinyRecording(path.join(folder, 'tiny'), 120);
    await writeFile(
      path.join(folder, 'network.json'),
      JSON.stringify({ layers: [{ type: 'flatten' }, { type: 'dense', units: 64 }] }),
    );
    const train = [
      'train',
      'tiny',
      '--network',
      'network.json',
      '--size',
      '24x12',
      '--time',
      '1',
      '--epochs',
      '1',
      '--out',
      'out',
    ];
    // The weights have 220 kB: 64 blocks are too few by either size of a block.
    const limited = ['-c', 'ulimit -f 64; exec "$0" "$@"', process.execPath, WHEELHOUSE, ...train];
    const { status, stderr } = spawnSync('sh', limited, { cwd: folder, encoding: 'utf8' });
    expect(stderr).toMatch(
      /^refused: .*out: the file would be larger than the disk or a limit allows; write to another disk/m,
    );
    expect(stderr).not.toMatch(/fault:/);
    expect(status).toBe(1);
    expect((await readdir(folder)).sort()).toEqual(['network.json', 'tiny']);
    await rm(folder, { recursive: true });
  },
);
