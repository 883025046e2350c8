import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';
import type { RecordingFormat } from '../format.ts';
import { openDrive } from '../ros/drive.ts';
import type { MessageLog } from '../ros/message-log.ts';
import { BAG_MAGIC, openBag } from './bag.ts';

const SQLITE_ENDING = '.db3';
const SQLITE_MAGIC = 'SQLite format 3';

/** ROS 1 bags, such as those of Udacity challenge 2; all bags of a folder become one recording. */
export const rosBag: RecordingFormat = {
  name: 'ros-bag',
  title: 'ROS 1 bags (*.bag)',
  container: true,
  files: ['bag', 'active'],
  whole: true,
  docs: {
    knownBy: '`#ROSBAG V2.0` in `*.bag`, all of the folder',
    steering:
      '`dbw_mkz_msgs/SteeringReport` rad of the wheel, left + → 1; Autoware `SteeringReport` and `ackermann_msgs` rad at the road wheels, left + → ratio',
    others: 'torque N·m; speed m/s also from `nav_msgs/Odometry` and Autoware `VelocityReport`',
    times: '`header.stamp`',
    cameras:
      '`sensor_msgs/CompressedImage` and `Image` (rgb8, bgr8, rgba8, bgra8, mono8); `center` or `front` → centre',
  },
  detect: async (storage) => (await findBags(storage)).length > 0,
  async open(storage, codec, options) {
    const logs: MessageLog[] = [];
    for (const file of await findBags(storage)) {
      if (file.endsWith(SQLITE_ENDING)) throw refuseSqlite(`${storage.name}/${file}`);
      logs.push(await openBag(storage, file));
    }
    return openDrive(storage, 'ros-bag', logs, codec, options);
  },
};

/** ROS 2 kept its bags in SQLite before it took to MCAP; `ros2 bag convert` turns one into the other. */
function refuseSqlite(where: string): Refusal {
  const mend = 'convert it: ros2 bag convert, with storage_id: mcap for its output';
  return new Refusal('sqlite-bag', where, 'bags of ROS 2 in SQLite are not read', mend);
}

async function findBags(storage: FileStorage): Promise<string[]> {
  const bags: string[] = [];
  for (const { name, kind } of await storage.list()) {
    // A bag is called so until its recording ends.
    const isBag = name.endsWith('.bag') || name.endsWith('.bag.active');
    const magic = isBag ? BAG_MAGIC : name.endsWith(SQLITE_ENDING) ? SQLITE_MAGIC : undefined;
    if (kind !== 'file' || magic === undefined) continue;
    const start = await storage.readRange(name, 0, magic.length);
    if (new TextDecoder().decode(start) === magic) bags.push(name);
  }
  return bags;
}
