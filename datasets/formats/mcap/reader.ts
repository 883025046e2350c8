import { Refusal } from '../../../sim/refusal.ts';
import type { RecordingFormat } from '../format.ts';
import { openDrive } from '../ros/drive.ts';
import type { MessageLog } from '../ros/message-log.ts';
import { findMcapFiles, openMcapFile } from './file.ts';
import { mcapLog } from './log.ts';
import { isOwn, openOwn } from './own.ts';

/**
 * MCAP files: our own, with JSON messages and `/vehicle`; and those of others with JSON, ROS 1, ROS 2 or protocol buffer
 * messages, of which all in a folder become one recording, as the parts of a rosbag2 are.
 */
export const mcap: RecordingFormat = {
  name: 'mcap',
  title: 'MCAP (.mcap)',
  container: true,
  files: ['mcap'],
  whole: true,
  docs: {
    knownBy: 'MCAP magic in `*.mcap`; those of others: all of the folder',
    steering: 'ours on `/vehicle`; else as `ros-bag`',
    others: 'as `ros-bag`',
    times: '`header.stamp` or `timestamp`, else the time of writing',
    cameras: 'as `ros-bag`, and `foxglove.CompressedImage`, `RawImage`',
  },
  detect: async (storage) => (await findMcapFiles(storage)).length > 0,
  async open(storage, codec, options) {
    const names = await findMcapFiles(storage);
    const logs: MessageLog[] = [];
    for (const name of names) {
      const file = await openMcapFile(storage, name);
      if (isOwn(file)) {
        if (names.length === 1) return openOwn(storage, file, codec, options);
        const what = `one of ${names.length} MCAP files, each a recording of its own`;
        throw new Refusal('bad-recording', file.where, what, 'give one of the files');
      }
      logs.push(await mcapLog(file));
    }
    return openDrive(storage, 'mcap', logs, codec, options);
  },
};
