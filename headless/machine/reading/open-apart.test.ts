import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDriveBag } from '../../../datasets/formats/ros-bag/testing/write-bag.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { greyJpeg } from '../images/testing/grey-jpeg.ts';
import { registerWebCodecs } from '../images/webcodecs.ts';
import { type Child, forkChild, type LaunchChild } from '../processes/child.ts';
import { openApart } from './open-apart.ts';
import { openHere } from './open-here.ts';
import { openRecordingFolder } from './open-recording.ts';
import { ReadingProcess } from './reading-process.ts';

const video = await registerWebCodecs();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-reading-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('reading in a process apart', () => {
  it.skipIf(!video)('refuses a video that sends its parser round in circles, naming it (needs WebCodecs)', async () => {
    // One byte of this Matroska file was changed, and its parser never returns.
    copyFileSync(path.join(import.meta.dirname, 'testing/endless.mkv'), path.join(folder, 'epoch01_front.mkv'));
    writeFileSync(path.join(folder, 'epoch01_steering.csv'), 'ts_micro,frame,wheel\n0,0,1\n33333,1,2\n');
    const refusal = await openRecordingFolder(folder).catch((error) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal.message).toBe(
      `${folder}/epoch01_front.mkv: reading it comes to no end, so it must be damaged; restore the file, or leave it out`,
    );
  });

  it('refuses a table that does so too', async () => {
    // A few bytes of this Parquet file were changed.
    mkdirSync(path.join(folder, 'meta/episodes/chunk-000'), { recursive: true });
    copyFileSync(
      path.join(import.meta.dirname, 'testing/endless.parquet'),
      path.join(folder, 'meta/episodes/chunk-000/file-000.parquet'),
    );
    const info = { codebase_version: 'v3.0', fps: 20, data_path: 'data.parquet', features: {} };
    writeFileSync(path.join(folder, 'meta/info.json'), JSON.stringify(info));
    await expect(openRecordingFolder(folder)).rejects.toThrow(
      `${folder}/meta/episodes/chunk-000/file-000.parquet: reading it comes to no end`,
    );
  });

  it('gives the same as reading here', async () => {
    writeFileSync(path.join(folder, 'drive.bag'), writeDriveBag(await greyJpeg(90), 6));
    writeFileSync(path.join(folder, 'edits.json'), '{"cuts": [{"start": 2, "end": 3}]}');
    const [there, here] = [await openRecordingFolder(folder), await openHere(folder, {})];
    expect(there.metadata).toEqual(here.metadata);
    expect(there.columns).toEqual(here.columns);
    expect(there.segments).toEqual(here.segments);
    expect([there.length, there.cuts, here.cuts]).toEqual([5, [{ start: 2, end: 3 }], here.cuts]);
    expect(Object.keys(there.cameras)).toEqual(['centre', 'left']);
    for (const camera of ['centre', 'left']) {
      expect(there.cameras[camera]!.has(4)).toBe(true);
      expect(await there.frame(4, camera)).toEqual(await here.frame(4, camera));
    }
    await there.close();
    await here.close();
  });

  it('passes refusals on, and refuses everything once it was ended', async () => {
    writeFileSync(path.join(folder, 'drive.bag'), writeDriveBag(await greyJpeg(90), 6).slice(0, 5000));
    await expect(openRecordingFolder(folder)).rejects.toThrow(/drive\.bag/);
    const reader = await ReadingProcess.start();
    reader.end();
    await expect(reader.ask('close', 1)).rejects.toThrow(/closed/);
  });

  it('refuses what crashes its process, and lives on', async () => {
    writeFileSync(path.join(folder, 'drive.bag'), writeDriveBag(await greyJpeg(90), 6));
    const children: Child[] = [];
    const launch: LaunchChild = (module) => {
      const child = forkChild(module);
      children.push(child);
      return child;
    };
    const recording = await openApart(folder, {}, { launch });
    const frame = recording.frame(3, 'centre');
    children[0]!.kill();
    await expect(frame).rejects.toThrow(
      `${folder}/drive.bag: reading it ended its process (SIGKILL), so it must be damaged`,
    );
    await expect(recording.frame(3, 'centre')).rejects.toThrow(Refusal);
  });
});
