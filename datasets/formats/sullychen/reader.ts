import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample, parseNumber } from '../bad-samples.ts';
import { secondsOfDate } from '../date-time.ts';
import { type OpenOptions, RADIANS_PER_DEGREE, type RecordingFormat } from '../format.ts';
import { decodeText } from '../json.ts';
import { openPictureFiles } from '../picture-files.ts';

const LIST = 'data.txt';
const PICTURES = 'data';
const LINE = /^(\S+\.(?:jpe?g|png))\s+([^,\s]+)(?:,\s*(.+))?$/i;
/** The 2017 set has no times and no stated rate; common readings of it take 30 Hz. */
const USUAL_RATE = 30;

/** Sully Chen's dashcam recordings: `data.txt` with a picture and a steering-wheel angle a line. */
export const sullychen: RecordingFormat = {
  name: 'sullychen',
  title: 'SullyChen dashcam (data.txt)',
  files: ['txt', 'jpg', 'jpeg', 'png'],
  docs: {
    knownBy: '`data.txt` with `<picture> <degrees>[,<date>]`',
    steering: 'degrees of the wheel, right + → −π/180',
    others: 'none',
    times: 'the date; else 30 Hz assumed',
    cameras: 'centre, beside the list or in `data/`',
  },
  detect: async (storage) => {
    if (!(await storage.exists(LIST))) return false;
    const start = decodeText(await storage.readRange(LIST, 0, 256));
    return LINE.test((start.split('\n')[0] ?? '').trim());
  },
  open: openSullychen,
};

interface Row {
  readonly line: number;
  readonly picture: string;
  readonly degrees: number;
  /** [s]; NaN in the form without times. */
  readonly stamp: number;
}

async function openSullychen(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const bad = new BadSamples(options.skipBad);
  const { folder, present } = await findPictures(storage);
  const lines = decodeText(await storage.read(LIST)).split('\n');
  const rows: Row[] = [];
  const breaks: number[] = [];
  for (const [i, text] of lines.entries()) {
    if (text.trim() === '') continue;
    const row = bad.try(() => parseRow(text.trim(), i + 1, `${storage.name}/${LIST}:${i + 1}`, present));
    if (row === undefined) continue;
    const before = rows.at(-1);
    if (before !== undefined && before.line + 1 !== row.line) breaks.push(rows.length);
    rows.push(row);
  }
  if (rows.length === 0) {
    throw new Refusal('bad-recording', `${storage.name}/${LIST}`, 'there is no sample in it', 'use a list with lines');
  }
  const recorded = options.rate === undefined && rows.every((row) => !Number.isNaN(row.stamp));
  const rate = options.rate ?? USUAL_RATE;
  const time = Float64Array.from(rows, (row, i) =>
    recorded ? Math.round((row.stamp - rows[0]!.stamp) * 1000) / 1000 : i / rate,
  );
  const files = await openPictureFiles(
    storage,
    codec,
    rows.map((row) => `${folder}${row.picture}`),
    time,
  );
  return createRecording({
    metadata: {
      format: 'sullychen',
      name: storage.name,
      rate: recorded ? meanRate(time, rate) : rate,
      timeSource: recorded ? 'recorded' : 'assumed-rate',
      cameras: { centre: { ...files.size } },
      conversions: [
        {
          column: 'steeringAngle',
          field: 'angle',
          unit: 'degrees of the steering wheel, right positive',
          factor: -RADIANS_PER_DEGREE,
        },
      ],
    },
    columns: {
      time,
      steeringAngle: Float64Array.from(rows, (row) => -row.degrees * RADIANS_PER_DEGREE + 0),
      'source.angle': Float64Array.from(rows, (row) => row.degrees),
    },
    cameras: { centre: files },
    breaks,
    skipped: bad.skipped,
    close: () => storage.close(),
  });
}

/** The pictures lie beside the list; in the set of 2018 in a folder of their own. */
async function findPictures(storage: FileStorage): Promise<{ folder: string; present: Set<string> }> {
  const isPicture = (name: string) => /\.(jpe?g|png)$/i.test(name);
  const beside = (await storage.list()).map(({ name }) => name);
  if (beside.some(isPicture) || !(await storage.exists(PICTURES))) return { folder: '', present: new Set(beside) };
  const inside = await storage.list(PICTURES).catch(() => []);
  return { folder: `${PICTURES}/`, present: new Set(inside.map(({ name }) => name)) };
}

function parseRow(text: string, line: number, where: string, present: ReadonlySet<string>): Row {
  const parts = LINE.exec(text);
  if (parts === null) throw badSample(where, 'the line is not "<picture> <degrees>"');
  const [, picture, degrees, date] = parts;
  if (!present.has(picture!)) throw badSample(`${where}: picture`, `the picture ${picture} is missing`);
  return {
    line,
    picture: picture!,
    degrees: parseNumber(degrees, `${where}: angle`),
    stamp: date === undefined ? Number.NaN : parseDate(date, `${where}: date`),
  };
}

/** `2018-07-01 17:09:44:912`, with a colon before the milliseconds. */
function parseDate(text: string, where: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)[:.](\d{1,6})$/.exec(text.trim());
  if (parts === null) throw badSample(where, `${JSON.stringify(text)} is no date and time`);
  return secondsOfDate(parts.slice(1));
}
