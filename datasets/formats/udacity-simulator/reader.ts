import { decodeText } from '../../../sim/decode-text.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import type { CameraMetadata } from '../../recording/metadata.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples } from '../bad-samples.ts';
import { type OpenOptions, RADIANS_PER_DEGREE, type RecordingFormat } from '../format.ts';
import { openPictureCameras } from '../picture-files.ts';
import { PictureIndex } from '../picture-index.ts';
import { pictureNotes } from '../picture-notes.ts';
import { labelsOf } from './labels.ts';
import { parseLog } from './log.ts';
import { CAMERAS, type Camera, inTime, withPictures } from './samples.ts';

const LOG = 'driving_log.csv';
/** Copies and parts of logs, as people and browsers call them. */
const NEARLY_LOG = /^driving_?log.*\.(?:csv|txt)$/i;
/** Rate of the simulator, for logs whose file names carry no times [Hz]. */
const USUAL_RATE = 14;

/** Mounts of the simulator's three cameras (its car prefab): x forward, y left, z up [m]; angles [rad]. */
const MOUNTS: Record<Camera, NonNullable<CameraMetadata['mount']>> = {
  centre: mount(1, 0),
  left: mount(0.984, 0.806),
  right: mount(0.999, -0.825),
};

function mount(x: number, y: number): NonNullable<CameraMetadata['mount']> {
  return { x, y, z: 1.2, pitchDown: 9.5 * RADIANS_PER_DEGREE, verticalFieldOfView: 60 * RADIANS_PER_DEGREE };
}

/** Recordings of Udacity's behavioural-cloning simulator: `driving_log.csv` and `IMG/`. */
export const udacitySimulator: RecordingFormat = {
  name: 'udacity-simulator',
  title: 'Udacity simulator (driving_log.csv)',
  files: ['csv', 'jpg', 'jpeg', 'png'],
  docs: {
    knownBy: '`driving_log.csv`, with or without header (believed in any order and spelling)',
    steering: 'share of 25° at the road wheels, right + → −25° · ratio',
    others: 'speed mph → 0.44704, unless its column says km/h or m/s; throttle, brake 0..1',
    times: 'in the file names, else a `time` column; else numbers of the pictures at 14 Hz',
    cameras: 'centre, left, right, found in the folder by file name whatever the path',
  },
  detect: async (storage) => (await findLog(storage)) !== undefined,
  open: openUdacitySimulator,
};

async function openUdacitySimulator(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const file = (await findLog(storage)) ?? LOG;
  const where = `${storage.name}/${file}`;
  const bad = new BadSamples(options.skipBad);
  const log = parseLog(decodeText(await storage.read(file)), where, bad);
  const index = await PictureIndex.of(storage);
  const shown = withPictures(log.rows, index, bad, where);
  if (shown.samples.length === 0) {
    throw new Refusal('bad-recording', where, 'there is no sample in it', bad.skipped[0] ?? 'use a log with rows');
  }
  const rate = options.rate ?? USUAL_RATE;
  const timed = inTime(shown.samples, log, rate, where);
  const samples = timed.order.map((i) => shown.samples[i]!);
  const labels = labelsOf(samples, log.layout, options, where);
  const paths = CAMERAS.map((camera) => [camera, samples.map(({ paths }) => paths[camera])] as const);
  const seen = await openPictureCameras(storage, codec, paths, timed.time, MOUNTS);
  return createRecording({
    metadata: {
      format: 'udacity-simulator',
      name: storage.name,
      rate: timed.assumedRate ?? meanRate(timed.time, USUAL_RATE),
      timeSource: timed.assumedRate === undefined ? 'recorded' : 'assumed-rate',
      cameras: seen.about,
      conversions: labels.conversions,
    },
    columns: { time: timed.time, ...labels.columns },
    cameras: seen.cameras,
    breaks: timed.breaks,
    skipped: bad.skipped,
    notes: [...log.notes, ...shown.notes, ...timed.notes, ...pictureNotes(index, shown.used, file)],
    close: () => storage.close(),
  });
}

/** The log in a folder: `driving_log.csv`, in whatever capitals, else the only one that is called nearly so. */
async function findLog(storage: FileStorage): Promise<string | undefined> {
  const files = (await storage.list()).filter(({ kind }) => kind === 'file').map(({ name }) => name);
  const exact = files.find((name) => name === LOG) ?? files.find((name) => name.toLowerCase() === LOG);
  const nearly = files.filter((name) => NEARLY_LOG.test(name));
  return exact ?? (nearly.length === 1 ? nearly[0] : undefined);
}
