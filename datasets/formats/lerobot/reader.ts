import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { onlySamples } from '../../recording/only-samples.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate, usualStep } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples } from '../bad-samples.ts';
import { DEFAULT_STEERING_RATIO, type OpenOptions, RADIANS_PER_DEGREE, type RecordingFormat } from '../format.ts';
import { decodeText, parseJson } from '../json.ts';
import { openCameras } from './cameras.ts';
import { mapElements } from './elements.ts';
import { type Episode, listEpisodes } from './episodes.ts';
import { type Info, infoSchema } from './info.ts';
import { findRows } from './rows.ts';
import { readSamples } from './samples.ts';

const INFO = 'meta/info.json';
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
  const where = `${storage.name}/${INFO}`;
  const info = parseJson(decodeText(await storage.read(INFO)), infoSchema, where);
  if (!/^v?(2\.[01]|3\.)/.test(info.codebase_version)) {
    const what = `version ${info.codebase_version} is not known`;
    throw new Refusal('bad-recording', `${where}: codebase_version`, what, 'convert it to v3.0');
  }
  const bad = new BadSamples(options.skipBad);
  const notes: string[] = [];
  const full = options.fullSteering ?? FULL_STEERING_DEGREES * RADIANS_PER_DEGREE;
  const steering = { full, ratio: options.steeringRatio ?? DEFAULT_STEERING_RATIO };
  const episodes = await listEpisodes(storage, info, keysOf(info, 'video'));
  const elements = mapElements(info, steering, `${where}: features`);
  notes.push(...elements.notes);
  noteUnlisted(info, episodes, notes);
  const found = await findRows(storage, episodes, bad, notes);
  const samples = await readSamples(storage.name, found, elements, bad, 1 / info.fps);
  if (samples.builder.length === 0) {
    const mend = bad.skipped[0] ?? 'use a data set with episodes';
    throw new Refusal('bad-recording', storage.name, 'there is no sample in it', mend);
  }
  const columns = samples.builder.finish();
  const set = { storage, info, places: samples.places, time: columns.time, files: found.files };
  const cameras = await openCameras(set, codec, bad, notes, options);
  const recording = createRecording({
    metadata: {
      format: 'lerobot',
      name: storage.name,
      rate: rateOf(info, columns.time, notes),
      timeSource: 'recorded',
      cameras: cameras.about,
      conversions: [...elements.conversions],
      source: { codebase_version: info.codebase_version, robot_type: String(info.robot_type ?? '') },
    },
    columns,
    cameras: cameras.loaders,
    breaks: samples.breaks,
    skipped: bad.skipped,
    notes,
    close: async () => {
      await cameras.close();
      await storage.close();
    },
  });
  return onlySamples(recording, cameras.pictured);
}

const keysOf = (info: Info, dtype: string) =>
  Object.entries(info.features).flatMap(([key, feature]) => (feature.dtype === dtype ? [key] : []));

/** Steps in time that differ from what `fps` says by more than this share of it belong to another rate. */
const RATE_TOLERANCE = 0.1;

/** The rate that the set says, or that of its times where those say another: they count. */
function rateOf({ fps }: Info, time: Float64Array, notes: string[]): number {
  const step = usualStep(time);
  if (Number.isNaN(step) || Math.abs(fps * step - 1) <= RATE_TOLERANCE) return fps;
  const measured = meanRate(time, fps);
  notes.push(`${INFO} says ${fps} frames a second and the times ${measured.toFixed(1)}, which count`);
  return measured;
}

function noteUnlisted({ total_episodes }: Info, episodes: readonly Episode[], notes: string[]): void {
  if (total_episodes === undefined || total_episodes <= episodes.length) return;
  notes.push(`the list of episodes has ${episodes.length} of the ${total_episodes} that ${INFO} speaks of`);
}
