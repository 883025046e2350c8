import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { alignCameras } from '../aligned-cameras.ts';
import { BadSamples, badSample } from '../bad-samples.ts';
import type { OpenOptions, RecordingFormat } from '../format.ts';
import { decodeText } from '../json.ts';
import { openPictureCameras } from '../picture-files.ts';
import { PictureIndex } from '../picture-index.ts';
import { pictureNotes } from '../picture-notes.ts';
import { headerOf, parseTable, type TableRow } from '../table.ts';

const TABLE = 'interpolated.csv';
const NEEDED = ['timestamp', 'frame_id', 'filename', 'angle', 'torque', 'speed'];
const CAMERAS: Record<string, string> = { center_camera: 'centre', left_camera: 'left', right_camera: 'right' };

/** Udacity challenge 2 as the driving reader unpacks it: `interpolated.csv` and pictures by camera. */
export const udacityChallenge2: RecordingFormat = {
  name: 'udacity-challenge2',
  title: 'Udacity challenge 2 (interpolated.csv)',
  files: ['csv', 'jpg', 'jpeg', 'png'],
  docs: {
    knownBy: '`interpolated.csv`',
    steering: 'rad of the wheel, left + → 1',
    others: 'torque N·m, speed m/s',
    times: '19 digits of the file names, which are exact where `timestamp` was rounded',
    cameras: 'centre; left and right within 25 ms',
  },
  detect: async (storage) => {
    if (!(await storage.exists(TABLE))) return false;
    const header = headerOf(decodeText(await storage.readRange(TABLE, 0, 1024)));
    return NEEDED.every((field) => header.includes(field));
  },
  open: openChallenge,
};

interface Row {
  readonly line: number;
  readonly camera: string;
  readonly picture: string;
  readonly stamp: bigint;
  readonly angle: number;
  readonly torque: number;
  readonly speed: number;
}

async function openChallenge(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const where = `${storage.name}/${TABLE}`;
  const bad = new BadSamples(options.skipBad);
  const present = new Map<string, Set<string>>();
  const folderOf = (path: string) => path.replace(/[^/]*$/, '').replace(/\/$/, '');
  const rows: Row[] = [];
  for (const row of parseTable(decodeText(await storage.read(TABLE)), where).rows) {
    const parsed = bad.try(() => parseRow(row, `${where}:${row.line}`));
    if (parsed === undefined) continue;
    const folder = folderOf(parsed.picture);
    if (!present.has(folder)) {
      const entries = (await storage.exists(folder === '' ? '.' : folder)) ? await storage.list(folder) : [];
      present.set(folder, new Set(entries.map((entry) => entry.name)));
    }
    const whole = bad.try(() => {
      if (present.get(folder)!.has(parsed.picture.slice(folder === '' ? 0 : folder.length + 1))) return true;
      throw badSample(`${where}:${row.line}: filename`, `the picture ${parsed.picture} is missing`);
    });
    if (whole) rows.push(parsed);
  }
  const byCamera = new Map<string, Row[]>();
  for (const row of rows) (byCamera.get(row.camera) ?? byCamera.set(row.camera, []).get(row.camera)!).push(row);
  const aligned = alignCameras(byCamera);
  if (aligned === undefined)
    throw new Refusal('bad-recording', where, 'there is no sample in it', 'use a table with rows');
  const { samples, time } = aligned;
  const paths = [...aligned.shots].map(([camera, shots]) => [camera, shots.map((row) => row?.picture)] as const);
  const { cameras, about } = await openPictureCameras(storage, codec, paths, time);
  const column = (field: 'angle' | 'torque' | 'speed') => Float64Array.from(samples, (row) => row[field]);
  const speed = column('speed');
  return createRecording({
    metadata: {
      format: 'udacity-challenge2',
      name: storage.name,
      rate: meanRate(time, 20),
      timeSource: 'recorded',
      cameras: about,
      conversions: [
        { column: 'steeringAngle', field: 'angle', unit: 'rad of the steering wheel, left positive', factor: 1 },
        { column: 'torque', field: 'torque', unit: 'N·m at the steering wheel', factor: 1 },
        { column: 'speed', field: 'speed', unit: 'm/s', factor: 1 },
      ],
    },
    columns: { time, steeringAngle: column('angle'), torque: column('torque'), speed, measuredSpeed: speed },
    cameras,
    skipped: bad.skipped,
    notes: pictureNotes(await PictureIndex.of(storage), new Set(rows.map(({ picture }) => picture)), TABLE),
    close: () => storage.close(),
  });
}

function parseRow(row: TableRow, where: string): Row {
  const picture = row.text('filename');
  if (/(^|\/)\.\.(\/|$)|^\/|\\|^[A-Za-z]:|\0/.test(picture)) {
    throw badSample(`${where}: filename`, `${JSON.stringify(picture)} leads out of the folder`);
  }
  const camera = CAMERAS[row.text('frame_id')];
  if (camera === undefined) throw badSample(`${where}: frame_id`, `${row.text('frame_id')} is no camera`);
  // Some tables went through floating point and lost the last digits of their time stamps; the file names did not.
  const stem = /(\d{19})\.\w+$/.exec(picture)?.[1] ?? row.text('timestamp');
  if (!/^\d{1,19}$/.test(stem)) throw badSample(`${where}: timestamp`, `${JSON.stringify(stem)} is no time stamp`);
  return {
    line: row.line,
    camera,
    picture,
    stamp: BigInt(stem),
    angle: row.number('angle'),
    torque: row.number('torque'),
    speed: row.number('speed'),
  };
}
