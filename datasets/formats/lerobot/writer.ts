import type { Frame } from '../../../sim/frame.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { RecordingExporter } from '../../writing/exporter.ts';
import { lostColumns } from '../../writing/losses.ts';
import { preparedSamples } from '../../writing/samples.ts';
import { TIME_FEATURE } from './elements.ts';
import { SetWriter } from './set-writer.ts';

/** LeRobot's own sizes: `DEFAULT_DATA_FILE_SIZE_IN_MB` and `DEFAULT_VIDEO_FILE_SIZE_IN_MB` of version 3.0. */
const FILE_SIZES = { data: 100, video: 200 };

/** LeRobot 3.0 with H.264 video; segments become episodes. Nothing is kept in memory but a little of each file. */
export const lerobotExporter: RecordingExporter = {
  name: 'lerobot',
  title: 'LeRobot 3.0 (meta/info.json)',
  resumable: false,
  async export(recording, storage, _codec, options) {
    await options.prepareVideo?.();
    const cameras = Object.keys(recording.metadata.cameras);
    if (cameras.length === 0) {
      throw new Refusal('cannot-export', recording.metadata.name, 'it has no camera', 'use a recording with images');
    }
    const skipped = [...recording.skipped];
    const set = new SetWriter(recording, storage, options.fileSizes ?? FILE_SIZES);
    const prepare = async (index: number): Promise<ReadonlyMap<string, Frame>> => {
      const frames = new Map<string, Frame>();
      for (const camera of cameras) frames.set(camera, await recording.frame(index, camera));
      return frames;
    };
    try {
      for await (const { index, gap, prepared } of preparedSamples(recording, prepare, options, skipped)) {
        await set.add(index, prepared!, gap);
      }
      if (set.samples === 0) {
        throw new Refusal('cannot-export', recording.metadata.name, 'no sample is left', 'mend the recording');
      }
      await set.finish();
    } catch (error) {
      await set.cancel();
      throw error;
    }
    const lost = [
      ...lostColumns(recording, ['time', ...set.vectors.flatMap(({ columns }) => columns)]),
      ...set.times.lines(
        `${set.fps} frames a second from the start of each episode; ${TIME_FEATURE} has the own times`,
      ),
    ];
    return { samples: set.samples, skipped, lost, complete: true };
  },
};
