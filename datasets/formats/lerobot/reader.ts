import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { ColumnBuilder } from '../../recording/column-builder.ts';
import type { CameraMetadata, Conversion } from '../../recording/metadata.ts';
import { createRecording, type FrameLoader, type Recording } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample } from '../bad-samples.ts';
import { DEFAULT_STEERING_RATIO, type OpenOptions, RADIANS_PER_DEGREE, type RecordingFormat } from '../format.ts';
import { decodeText, parseJson } from '../json.ts';
import { type Episode, listEpisodes } from './episodes.ts';
import { cameraNames, elementNames, guessElement, type Info, infoSchema, OWN_ELEMENTS } from './info.ts';
import { asNumber, openParquet, type ParquetFile } from './parquet.ts';
import { imageLoader, type Place, videoLoader } from './pictures.ts';

const INFO = 'meta/info.json';
const NUMERIC = new Set(['float32', 'float64', 'int64', 'int32', 'int16', 'int8', 'uint8', 'bool']);
const BOOKKEEPING = new Set(['timestamp', 'frame_index', 'episode_index', 'index', 'task_index']);
/** Feature that holds the times of a recording that we wrote, which need not be regular. */
export const TIME_FEATURE = 'observation.time';
/** Time between the end of an episode and the start of the next, of which the set says nothing [s]. */
const EPISODE_GAP = 1;
/** Rows read at a time. */
const ROWS = 10_000;
/** Road-wheel angle taken for a normalised steering of 1 [degrees]. */
const FULL_STEERING_DEGREES = 25;

/** LeRobot data sets, versions 2.1 and 3.0; each episode becomes a segment. */
export const lerobot: RecordingFormat = {
  name: 'lerobot',
  title: 'LeRobot 2.1 and 3.0 (meta/info.json)',
  container: true,
  files: ['json', 'jsonl', 'parquet', 'mp4', 'png', 'jpg'],
  docs: {
    knownBy: '`meta/info.json` of 2.1 or 3.0',
    steering:
      "by the element's name: `…_rad` left + → 1, `…_deg` left + → π/180, `…norm…` or `steering` share of 25°, right + → −25° · ratio",
    others: 'speed m/s, or km/h (`speed_kmh`, L2D) → 1/3.6; ours by our names; all else as `source.`',
    times: '`timestamp`',
    cameras: 'videos and pictures in Parquet; the only one, or `front`, `center`, `image` → centre',
  },
  detect: async (storage) => {
    if (!(await storage.exists(INFO))) return false;
    return decodeText(await storage.readRange(INFO, 0, 65_536)).includes('"codebase_version"');
  },
  open: openLerobot,
};

async function openLerobot(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const info = parseJson(decodeText(await storage.read(INFO)), infoSchema, `${storage.name}/${INFO}`);
  if (!/^v(2\.[01]|3\.)/.test(info.codebase_version)) {
    const what = `version ${info.codebase_version} is not known`;
    throw new Refusal('bad-recording', `${storage.name}/${INFO}: codebase_version`, what, 'convert it to v3.0');
  }
  const features = Object.entries(info.features);
  const keysOf = (dtype: string) => features.filter(([, feature]) => feature.dtype === dtype).map(([key]) => key);
  const videoKeys = keysOf('video');
  const imageKeys = keysOf('image');
  const episodes = await listEpisodes(storage, info, videoKeys);
  const bad = new BadSamples(options.skipBad);
  const { builder, places, breaks, files, conversions } = await readSamples(storage, info, episodes, bad, options);
  if (builder.length === 0) {
    throw new Refusal('bad-recording', storage.name, 'there is no sample in it', 'use a data set with episodes');
  }
  const columns = builder.finish();
  if (videoKeys.length > 0) await options.prepareVideo?.();
  const cameras: Record<string, FrameLoader> = {};
  const about: Record<string, CameraMetadata> = {};
  const closers: (() => Promise<void>)[] = [];
  for (const [key, camera] of cameraNames([...videoKeys, ...imageKeys])) {
    const opened = videoKeys.includes(key)
      ? await videoLoader(storage, key, places, columns.time, 1 / info.fps)
      : await imageLoader(storage, codec, key, places, columns.time, files);
    cameras[camera] = opened.loader;
    about[camera] = opened.size;
    closers.push(opened.close);
  }
  return createRecording({
    metadata: {
      format: 'lerobot',
      name: storage.name,
      rate: info.fps,
      timeSource: 'recorded',
      cameras: about,
      conversions,
      source: { codebase_version: info.codebase_version, robot_type: String(info.robot_type ?? '') },
    },
    columns,
    cameras,
    breaks,
    skipped: bad.skipped,
    close: async () => {
      for (const close of closers) await close();
      await storage.close();
    },
  });
}

async function readSamples(
  storage: FileStorage,
  info: Info,
  episodes: readonly Episode[],
  bad: BadSamples,
  options: OpenOptions,
) {
  const steering = {
    full: options.fullSteering ?? FULL_STEERING_DEGREES * RADIANS_PER_DEGREE,
    ratio: options.steeringRatio ?? DEFAULT_STEERING_RATIO,
  };
  const numeric = Object.entries(info.features).filter(
    ([key, { dtype }]) => NUMERIC.has(dtype) && !BOOKKEEPING.has(key),
  );
  const { targets, conversions } = mapElements(numeric, steering);
  checkSteering(targets, info, `${storage.name}/${INFO}: features`);
  const builder = new ColumnBuilder();
  const places: Place[] = [];
  const breaks: number[] = [];
  const files = new Map<string, ParquetFile>();
  let start = 0;
  for (const episode of episodes) {
    let file = files.get(episode.dataPath);
    if (file === undefined) {
      file = await openParquet(storage, episode.dataPath);
      files.set(episode.dataPath, file);
    }
    if (episode.firstRow + episode.length > file.rows) {
      const where = `${storage.name}/${episode.dataPath}: episode ${episode.index}`;
      throw new Refusal('bad-recording', where, `it should have ${episode.length} rows more`, 'restore the file');
    }
    const wanted = ['timestamp', ...numeric.map(([key]) => key)].filter((key) => file.columns.includes(key));
    breaks.push(builder.length);
    let latest = start;
    for (let from = 0; from < episode.length; from += ROWS) {
      const first = episode.firstRow + from;
      const rows = await file.read(wanted, first, Math.min(first + ROWS, episode.firstRow + episode.length));
      rows.forEach((row, i) => {
        const where = `${storage.name}/${episode.dataPath}: row ${first + i}`;
        const stamp = asNumber(row.timestamp);
        const ok = bad.try(() => {
          if (Number.isFinite(stamp)) return true;
          throw badSample(`${where}: timestamp`, 'is no finite number', 'restore the file, or skip bad samples');
        });
        if (!ok) {
          breaks.push(builder.length);
          return;
        }
        const own = asNumber(row[TIME_FEATURE]);
        const time = Number.isNaN(own) ? start + stamp : own;
        latest = Math.max(latest, time);
        builder.next(time);
        places.push({ episode, stamp, row: first + i });
        for (const [key] of numeric) {
          const value = row[key];
          const elements =
            Array.isArray(value) || ArrayBuffer.isView(value)
              ? [...(value as ArrayLike<unknown> & Iterable<unknown>)]
              : [value];
          elements.forEach((element, k) => {
            for (const target of targets.get(`${key} ${k}`) ?? []) {
              const number = asNumber(element);
              if (!Number.isNaN(number)) builder.set(target.column, number * target.factor + 0);
            }
          });
        }
      });
    }
    start = latest + EPISODE_GAP;
  }
  return { builder, places, breaks, files, conversions };
}

/** @throws Refusal listing the features when none of them is known to steer */
function checkSteering(targets: ReadonlyMap<string, readonly { column: string }[]>, info: Info, where: string): void {
  if ([...targets.values()].flat().some(({ column }) => column === 'steeringAngle')) return;
  const listed = Object.entries(info.features)
    .filter(([key]) => !BOOKKEEPING.has(key))
    .map(([key, feature]) => {
      const names = NUMERIC.has(feature.dtype) ? elementNames(key, feature) : [];
      return names.length === 0 ? key : `${key} (${names.slice(0, 12).join(', ')}${names.length > 12 ? ' …' : ''})`;
    });
  throw new Refusal(
    'no-steering',
    where,
    `nothing there is known to steer: ${listed.join(', ')}`,
    'name the element that steers steering_wheel_angle_rad, steering_wheel_angle_deg or steering_normalized',
  );
}

/** Which columns each element of each feature goes to. */
function mapElements(
  numeric: readonly (readonly [string, Info['features'][string]])[],
  steering: { full: number; ratio: number },
) {
  const targets = new Map<string, { column: string; factor: number }[]>();
  const conversions: Conversion[] = [];
  const taken = new Set<string>();
  for (const [key, feature] of numeric) {
    if (key === TIME_FEATURE) continue;
    elementNames(key, feature).forEach((name, k) => {
      const list: { column: string; factor: number }[] = [];
      targets.set(`${key} ${k}`, list);
      const own = OWN_ELEMENTS[name];
      if (own !== undefined) {
        list.push({ column: own, factor: 1 });
        taken.add(own);
        return;
      }
      const field = `${key}.${name}`.replaceAll(/[\s"]/g, '_');
      list.push({ column: `source.${field}`, factor: 1 });
      const guess = guessElement(key, name, steering);
      if (guess === undefined || taken.has(guess.column)) return;
      taken.add(guess.column);
      const { column, factor, unit, note } = guess;
      list.push({ column, factor });
      if (column === 'speed') list.push({ column: 'measuredSpeed', factor });
      conversions.push({ column, field, unit, factor, ...(note !== undefined && { note }) });
    });
  }
  return { targets, conversions };
}
