import path from 'node:path';
import type { RecordingWriterOptions } from '../../../datasets/formats/wheelhouse/writer.ts';
import { CAMERA_RIGS, type RigName } from '../../../sim/camera/rigs.ts';
import { RECORDING_PUSHES } from '../../../sim/disturbances/steering-pushes.ts';
import { Cameras } from '../../machine/cameras/cameras.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import type { OpenedDriver } from '../drivers/open-driver.ts';
import { describeEpisode, type EpisodeChoices } from '../driving/describe-episode.ts';
import { type Recorded, type RecordOptions, recordEpisode } from './record-episode.ts';

export interface RecordHereOptions
  extends EpisodeChoices,
    Pick<RecordOptions, 'track' | 'truth' | 'signal' | 'onTick'> {
  /** Opened with cameras; whoever opened it closes it. */
  readonly driver: OpenedDriver;
  /** Folder of the recording: empty or absent. */
  readonly out: string;
  /** Cameras on the car. Default `front`. */
  readonly rig?: RigName;
  /** How frames are stored. Default `jpeg`. */
  readonly images?: 'jpeg' | 'png' | 'raw';
  /** Called with a fault of the disk that was got over, and with null when it is over. */
  readonly onWarning?: RecordingWriterOptions['onWarning'];
}

/**
 * Drives an episode and records it into a folder. When nothing else is said a seeded disturbance pushes the steering now
 * and then, so that recoveries are in the data; with `disturbances: []` nothing does.
 * @throws Refusal when the folder holds a recording, or conditions have an unknown name
 */
export async function recordHere(options: RecordHereOptions): Promise<Recorded> {
  const { track, driver: opened, out, rig = 'front', images = 'jpeg', truth, signal, onTick, onWarning } = options;
  if (opened.cameras === undefined) throw new Error(`${opened.name} was opened without cameras`);
  const spec = describeEpisode(track, { disturbances: [RECORDING_PUSHES], ...options });
  // The driver's own camera is the rig's `centre`, so one rig serves both.
  const cameras = rig === 'front' ? opened.cameras : await Cameras.open(opened.cameras.gpu, CAMERA_RIGS[rig]);
  const storage = new DiskStorage(out);
  const driver = opened.createDriver();
  try {
    return await recordEpisode({
      track,
      spec,
      driver,
      cameras,
      storage,
      codec: createSharpCodec(),
      name: path.basename(path.resolve(out)),
      writer: { encoding: images, quality: 95, ...(onWarning && { onWarning }) },
      ...(truth && { truth }),
      ...(signal && { signal }),
      ...(onTick && { onTick }),
    });
  } finally {
    driver.dispose?.();
    await storage.close();
  }
}
