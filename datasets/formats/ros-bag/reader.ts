import { z } from 'zod';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import type { CameraMetadata } from '../../recording/metadata.ts';
import { createRecording, type FrameLoader, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample } from '../bad-samples.ts';
import type { OpenOptions, RecordingFormat } from '../format.ts';
import { interpolateAt, nearestAt } from '../time-series.ts';
import { BAG_MAGIC, type OpenBag, openBag, type Stamp } from './bag.ts';
import { frameOf } from './images.ts';

const STEERING = '/vehicle/steering_report';
const CAMERA = /^\/(center|left|right)_camera\/image_color(\/compressed)?$/;
const NAMES: Readonly<Record<string, string>> = { center: 'centre', left: 'left', right: 'right' };
/** Side cameras fire within half a period (20 Hz) of the centre camera [s]. */
const SIDE_REACH = 0.025;
/** Steering reports come at 50 Hz; across a longer hole nothing is interpolated [s]. */
const LONGEST_HOLE = 0.5;

const stamp = z.object({ sec: z.int().min(0), nsec: z.int().min(0).max(999_999_999) });
const header = z.object({ header: z.object({ stamp }) });
const report = header.extend({
  steering_wheel_angle: z.number(),
  steering_wheel_torque: z.number(),
  speed: z.number(),
});

/** Udacity challenge 2 as it was recorded: ROS bags; all bags of a folder become one recording. */
export const rosBag: RecordingFormat = {
  name: 'ros-bag',
  title: 'ROS bags of Udacity challenge 2 (*.bag)',
  container: true,
  detect: async (storage) => (await findBags(storage)).length > 0,
  open: openBags,
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

/** One picture: when it was taken [s] and where it is. */
interface Shot {
  readonly time: number;
  readonly bag: OpenBag;
  readonly topic: string;
  readonly written: Stamp;
}

const seconds = ({ sec, nsec }: Stamp) => sec + nsec / 1e9;

async function openBags(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const bad = new BadSamples(options.skipBad);
  const reports: { time: number; angle: number; torque: number; speed: number }[] = [];
  const shots = new Map<string, Shot[]>();
  for (const file of await findBags(storage)) {
    const bag = await openBag(storage, file);
    const topics = [...bag.topics.keys()].filter((topic) => topic === STEERING || CAMERA.test(topic));
    for await (const { topic, written, content } of bag.messages(topics)) {
      const where = `${storage.name}/${file}: ${topic}`;
      const camera = NAMES[CAMERA.exec(topic)?.[1] ?? ''];
      bad.try(() => {
        const checked = (camera === undefined ? report : header).safeParse(content);
        if (!checked.success) {
          const { path, message } = checked.error.issues[0]!;
          throw badSample(`${where}: ${path.join('.')}`, message);
        }
        const time = seconds(checked.data.header.stamp);
        if (camera === undefined) {
          const told = checked.data as z.infer<typeof report>;
          reports.push({
            time,
            angle: told.steering_wheel_angle,
            torque: told.steering_wheel_torque,
            speed: told.speed,
          });
        } else {
          const list = shots.get(camera) ?? [];
          list.push({ time, bag, topic, written });
          shots.set(camera, list);
        }
      });
    }
  }
  for (const list of [reports, ...shots.values()]) list.sort((a, b) => a.time - b.time);
  const main = shots.get('centre') ?? shots.values().next().value;
  if (main === undefined || reports.length === 0) {
    const what = main === undefined ? 'there is no camera image in the bags' : `there is no ${STEERING} in the bags`;
    throw new Refusal('bad-recording', storage.name, what, 'add the bag that holds it');
  }
  const start = main[0]!.time;
  const relative = (list: readonly { time: number }[]) => Float64Array.from(list, (one) => one.time - start);
  const time = relative(main);
  const reportTimes = relative(reports);
  const column = (field: 'angle' | 'torque' | 'speed') =>
    interpolateAt(
      reportTimes,
      reports.map((one) => one[field]),
      time,
      LONGEST_HOLE,
    );

  const cameras: Record<string, FrameLoader> = {};
  const about: Record<string, CameraMetadata> = {};
  for (const [camera, list] of [...shots].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const places = list === main ? Int32Array.from(time, (_, i) => i) : nearestAt(relative(list), time, SIDE_REACH);
    const load = async (index: number) => {
      const where = `${storage.name}: ${camera}: sample ${index}`;
      const shot = list[places[index]!];
      for await (const { content } of shot?.bag.messages([shot.topic], shot.written) ?? []) {
        return frameOf(content, codec, where, time[index]!);
      }
      throw new Refusal('bad-image', where, 'it has no image', 'leave it out');
    };
    const first = places.findIndex((place) => place >= 0);
    if (first < 0) continue;
    const { width, height } = await load(first);
    about[camera] = { width, height };
    cameras[camera] = { has: (index) => places[index]! >= 0, load };
  }
  const speed = column('speed');
  return createRecording({
    metadata: {
      format: 'ros-bag',
      name: storage.name,
      rate: meanRate(time, 20),
      timeSource: 'recorded',
      cameras: about,
      conversions: [
        { column: 'steeringAngle', field: 'steering_wheel_angle', unit: 'rad, left positive', factor: 1 },
        { column: 'torque', field: 'steering_wheel_torque', unit: 'N·m at the steering wheel', factor: 1 },
        { column: 'speed', field: 'speed', unit: 'm/s', factor: 1 },
      ],
    },
    columns: { time, steeringAngle: column('angle'), torque: column('torque'), speed, measuredSpeed: speed },
    cameras,
    skipped: bad.skipped,
    close: () => storage.close(),
  });
}
