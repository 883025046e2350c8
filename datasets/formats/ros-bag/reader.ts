import type { FileStorage } from '../../storage/storage.ts';
import type { RecordingFormat } from '../format.ts';
import { openDrive } from '../ros/drive.ts';
import type { MessageLog } from '../ros/message-log.ts';
import { BAG_MAGIC, openBag } from './bag.ts';

/** ROS 1 bags, such as those of Udacity challenge 2; all bags of a folder become one recording. */
export const rosBag: RecordingFormat = {
  name: 'ros-bag',
  title: 'ROS 1 bags (*.bag)',
  container: true,
  detect: async (storage) => (await findBags(storage)).length > 0,
  async open(storage, codec, options) {
    const logs: MessageLog[] = [];
    for (const file of await findBags(storage)) logs.push(await openBag(storage, file));
    return openDrive(storage, 'ros-bag', logs, codec, options);
  },
};

async function findBags(storage: FileStorage): Promise<string[]> {
  const bags: string[] = [];
  for (const { name, kind } of await storage.list()) {
    if (kind !== 'file' || !name.endsWith('.bag')) continue;
    const start = await storage.readRange(name, 0, BAG_MAGIC.length);
    if (new TextDecoder().decode(start) === BAG_MAGIC) bags.push(name);
  }
  return bags;
}
