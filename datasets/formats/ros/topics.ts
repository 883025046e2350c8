import type { MessageLog } from './message-log.ts';
import { type Quantity, VEHICLE_TYPES } from './vehicle.ts';

const IMAGE_TYPES = new Set([
  'sensor_msgs/CompressedImage',
  'sensor_msgs/Image',
  'foxglove.CompressedImage',
  'foxglove.RawImage',
  'foxglove_msgs/CompressedImage',
  'foxglove_msgs/RawImage',
]);
/** Parts of a topic that do not tell cameras apart. */
const COMMON =
  /^(sensors?|sensing|cameras?|cam|usb_cam|image|image_(raw|color|colour|rect|rect_color|mono)|compressed|raw)$/;
/** Pictures that show no scene. */
const NO_CAMERA = /depth|disparity|mask|segmentation|costmap|map_|occupancy/i;

/** Which topics hold what. */
export interface DriveTopics {
  /** Camera by topic. */
  readonly cameras: ReadonlyMap<string, string>;
  /** Quantities by topic; every column comes from one topic only. */
  readonly vehicle: ReadonlyMap<string, readonly Quantity[]>;
  /** Type of each topic. */
  readonly types: ReadonlyMap<string, string | undefined>;
}

/** Finds cameras and what tells of the vehicle among the topics of logs that belong together. */
export function findTopics(logs: readonly MessageLog[]): DriveTopics {
  const types = new Map(logs.flatMap((log) => [...log.topics]).sort(([a], [b]) => (a < b ? -1 : 1)));
  const cameras = new Map<string, string>();
  // The compressed pictures of a camera that also gives raw ones come first: they are the smaller ones.
  const pictures = [...types]
    .filter(([topic, type]) => IMAGE_TYPES.has(type ?? '') && !NO_CAMERA.test(topic))
    .sort(([a, typeA], [b, typeB]) => Number(isRaw(typeA)) - Number(isRaw(typeB)) || (a < b ? -1 : 1));
  const taken = new Set<string>();
  for (const [topic] of pictures) {
    const camera = cameraOf(topic);
    if (taken.has(camera)) continue;
    taken.add(camera);
    cameras.set(topic, camera);
  }
  if (cameras.size === 1) cameras.set([...cameras.keys()][0]!, 'centre');
  const vehicle = new Map<string, readonly Quantity[]>();
  const known = new Set<string>();
  for (const [wanted, quantities] of VEHICLE_TYPES) {
    for (const [topic, type] of types) {
      if (type !== wanted) continue;
      const fresh = quantities.filter(({ column }) => !known.has(purpose(column)));
      for (const { column } of fresh) known.add(purpose(column));
      if (fresh.length > 0) vehicle.set(topic, fresh);
    }
  }
  return { cameras, vehicle, types };
}

const isRaw = (type: string | undefined) => !/Compressed/.test(type ?? '');
const purpose = (column: Quantity['column']) => (column === 'roadWheelAngle' ? 'steeringAngle' : column);

/** `/center_camera/image_color/compressed` is `centre`, `/sensing/camera/front_left/image_raw` is `front_left`. */
export function cameraOf(topic: string): string {
  const parts = topic.split('/').filter((part) => part !== '' && !COMMON.test(part));
  const name = parts.map((part) => part.replace(/^(camera|cam)_|_(camera|cam)$/g, '')).join('_');
  if (/^(|cent(er|re)|front|front_cent(er|re)|front_middle|main|forward)$/i.test(name)) return 'centre';
  return name.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^[^A-Za-z0-9]+/, '') || 'centre';
}
