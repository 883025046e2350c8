import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import type { CameraMetadata } from '../../recording/metadata.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample } from '../bad-samples.ts';
import {
  DEFAULT_STEERING_RATIO,
  METRES_PER_SECOND_PER_MPH,
  type OpenOptions,
  RADIANS_PER_DEGREE,
  type RecordingFormat,
} from '../format.ts';
import { openPictureCameras } from '../picture-files.ts';
import { type LogRow, parseLog, timeInName } from './log.ts';

const LOG = 'driving_log.csv';
const PICTURES = 'IMG';
const CAMERAS = ['centre', 'left', 'right'] as const;
/** Steering limit of the simulator's car [degrees at the road wheels]. */
const FULL_STEERING_DEGREES = 25;
/** Rate of the simulator, for logs whose file names carry no times [Hz]. */
const USUAL_RATE = 14;

/** Mounts of the simulator's three cameras (its car prefab): x forward, y left, z up [m]; angles [rad]. */
const MOUNTS: Record<(typeof CAMERAS)[number], NonNullable<CameraMetadata['mount']>> = {
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
    knownBy: '`driving_log.csv`, with or without header',
    steering: 'share of 25° at the road wheels, right + → −25° · ratio',
    others: 'speed mph → 0.44704; throttle, brake 0..1',
    times: 'in the file names (ms); else 14 Hz assumed',
    cameras: 'centre, left, right, found in `IMG/` by file name whatever the path',
  },
  detect: (storage) => storage.exists(LOG),
  open: openUdacitySimulator,
};

async function openUdacitySimulator(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const where = `${storage.name}/${LOG}`;
  const bad = new BadSamples(options.skipBad);
  const all = parseLog(new TextDecoder().decode(await storage.read(LOG)), where, bad);
  const { folder, present } = await findPictures(storage);
  const cameras = CAMERAS.filter(
    (camera, k) => camera === 'centre' || all.some((row) => present.has(row.pictures[k]!)),
  );
  const breaks: number[] = [];
  const rows: LogRow[] = [];
  let before: LogRow | undefined;
  for (const row of all) {
    const whole = bad.try(() => checkPictures(row, cameras, present, `${where}:${row.line}`, folder));
    if (whole === undefined) continue;
    // A row that was left out is a gap, even when the clock does not show it.
    if (before !== undefined && row.line !== before.line + 1) breaks.push(rows.length);
    rows.push(row);
    before = row;
  }
  if (rows.length === 0) {
    throw new Refusal('bad-recording', where, 'there is no sample in it', bad.skipped[0] ?? 'use a log with rows');
  }

  const ratio = options.steeringRatio ?? DEFAULT_STEERING_RATIO;
  const full = options.fullSteering ?? FULL_STEERING_DEGREES * RADIANS_PER_DEGREE;
  const factor = -full * ratio;
  const { time, recorded } = times(rows, options.rate ?? USUAL_RATE);
  const column = (value: (row: LogRow) => number) => Float64Array.from(rows, value);
  const speed = column((row) => row.speed * METRES_PER_SECOND_PER_MPH);
  const paths = cameras.map((camera) => {
    const k = CAMERAS.indexOf(camera);
    return [camera, rows.map(({ pictures }) => (pictures[k] === '' ? undefined : `${folder}${pictures[k]}`))] as const;
  });
  const seen = await openPictureCameras(storage, codec, paths, time, MOUNTS);
  return createRecording({
    metadata: {
      format: 'udacity-simulator',
      name: storage.name,
      rate: recorded ? meanRate(time, USUAL_RATE) : (options.rate ?? USUAL_RATE),
      timeSource: recorded ? 'recorded' : 'assumed-rate',
      cameras: seen.about,
      conversions: [
        {
          column: 'steeringAngle',
          field: 'steering',
          unit: `share of ${(full / RADIANS_PER_DEGREE).toFixed(1)} degrees at the road wheels, right positive`,
          factor,
          note: `steering ratio ${ratio} assumed: the simulator's car has no steering wheel`,
        },
        { column: 'speed', field: 'speed', unit: 'mph', factor: METRES_PER_SECOND_PER_MPH },
      ],
    },
    columns: {
      time,
      // Adding 0 turns the -0 of a straight wheel into 0.
      steeringAngle: column((row) => row.steering * factor + 0),
      speed,
      measuredSpeed: speed,
      throttle: column((row) => row.throttle),
      brake: column((row) => row.brake),
      'source.steering': column((row) => row.steering),
      'source.speed': column((row) => row.speed),
    },
    cameras: seen.cameras,
    breaks,
    skipped: bad.skipped,
    close: () => storage.close(),
  });
}

async function findPictures(storage: FileStorage): Promise<{ folder: string; present: Set<string> }> {
  const inside = await storage.exists(PICTURES);
  const entries = await storage.list(inside ? PICTURES : '');
  const present = new Set(entries.filter((entry) => entry.kind === 'file').map((entry) => entry.name));
  return { folder: inside ? `${PICTURES}/` : '', present };
}

function checkPictures(
  row: LogRow,
  cameras: readonly string[],
  present: ReadonlySet<string>,
  where: string,
  folder: string,
): true {
  CAMERAS.forEach((camera, k) => {
    const name = row.pictures[k]!;
    if (!cameras.includes(camera) || (name === '' && camera !== 'centre')) return;
    if (name === '') throw badSample(`${where}: center`, 'the row names no picture');
    if (!present.has(name)) {
      throw badSample(
        `${where}: ${camera === 'centre' ? 'center' : camera}`,
        `the picture ${folder}${name} is missing`,
        'add the picture, delete the line, or skip bad samples',
      );
    }
  });
  return true;
}

function times(rows: readonly LogRow[], rate: number): { time: Float64Array; recorded: boolean } {
  const stamps = rows.map((row) => timeInName(row.pictures[0]));
  if (stamps.some(Number.isNaN)) return { time: Float64Array.from(rows, (_, i) => i / rate), recorded: false };
  return { time: Float64Array.from(stamps, (stamp) => Math.round((stamp - stamps[0]!) * 1000) / 1000), recorded: true };
}
