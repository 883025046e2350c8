import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeClip } from '../../../datasets/formats/comma-research/testing/write-clip.ts';
import { writeDriveBag } from '../../../datasets/formats/ros-bag/testing/write-bag.ts';
import { greyJpeg } from '../images/testing/grey-jpeg.ts';
import { openRecordingFolder } from './open-recording.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function zip(file: string, files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, bytes] of Object.entries(files)) await writer.add(name, new Uint8ArrayReader(bytes));
  const whole = path.join(folder, file);
  mkdirSync(path.dirname(whole), { recursive: true });
  writeFileSync(whole, await writer.close());
  return whole;
}

describe('zipped recordings', () => {
  it('are read where they lie, in a process apart too', async () => {
    const { camera, log } = await writeClip(4);
    const place = await zip('set.zip', { 'set/camera/a.h5': camera, 'set/log/a.h5': log });
    const recording = await openRecordingFolder(place);
    expect([recording.metadata.format, recording.length]).toEqual(['comma-research', 4]);
    expect((await recording.frame(3, 'centre')).pixels[0]).toBe(30);
    await recording.close();
  });

  it('are found in a folder that holds nothing else', async () => {
    await zip('dropped/My Drive.ZIP', { 'a.bag': writeDriveBag(await greyJpeg(90), 6) });
    const recording = await openRecordingFolder(path.join(folder, 'dropped'), { name: 'My Drive' });
    expect([recording.metadata.format, recording.length]).toEqual(['ros-bag', 6]);
    await recording.close();
  });

  it('are refused in archives of other kinds, with the mend', async () => {
    const place = path.join(folder, 'tub.tar.gz');
    writeFileSync(place, gzipSync('any'));
    await expect(openRecordingFolder(place)).rejects.toThrow(
      `${place}: gzip archives are not read; unpack it and give the folder`,
    );
  });

  it('are named when they are damaged', async () => {
    const place = await zip('drive.zip', { 'a.bag': writeDriveBag(await greyJpeg(90), 6).slice(0, 5000) });
    await expect(openRecordingFolder(place)).rejects.toThrow(`${place}/a.bag: the bag cannot be read`);
    writeFileSync(place, 'PK\u0003\u0004 and nothing more');
    await expect(openRecordingFolder(place)).rejects.toThrow(`${place}: the archive is damaged`);
  });
});
