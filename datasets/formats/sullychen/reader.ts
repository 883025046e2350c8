import { decodeText } from '../../../sim/decode-text.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample, parseNumber } from '../bad-samples.ts';
import { secondsOfDate } from '../date-time.ts';
import { type OpenOptions, RADIANS_PER_DEGREE, type RecordingFormat } from '../format.ts';
import { openPictureFiles } from '../picture-files.ts';
import { PictureIndex } from '../picture-index.ts';
import { pictureNotes } from '../picture-notes.ts';
import { numberedSamples, pictureNumbers } from '../picture-numbers.ts';
import { RepeatedPictures } from '../repeated-pictures.ts';
import { byCount, type TimedSamples } from '../timed-samples.ts';

const LIST = 'data.txt';
const LINE = /^(.+?\.(?:jpe?g|png))[\s,;]+([^,;\s]+)(?:[,;\s]\s*(.+))?$/i;
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
    times: 'the date; else the numbers of the pictures at 30 Hz',
    cameras: 'centre, beside the list or in a folder there',
  },
  detect: async (storage) => {
    if (!(await storage.exists(LIST))) return false;
    const start = decodeText(await storage.readRange(LIST, 0, 256), { cut: true });
    return LINE.test(
      start
        .trimStart()
        .split(/[\r\n]/)[0]!
        .trim(),
    );
  },
  open: openSullychen,
};

interface Row {
  readonly picture: string;
  readonly degrees: number;
  /** [s]; NaN in the form without times. */
  readonly stamp: number;
  /** Whether lines before it were left out. */
  readonly gap: boolean;
}

async function openSullychen(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const where = `${storage.name}/${LIST}`;
  const bad = new BadSamples(options.skipBad);
  const index = await PictureIndex.of(storage);
  const listed = readList(decodeText(await storage.read(LIST)), where, index, bad);
  if (listed.rows.length === 0) {
    throw new Refusal('bad-recording', where, 'there is no sample in it', bad.skipped[0] ?? 'use a list with lines');
  }
  const timed = inTime(listed.rows, options.rate);
  const rows = timed.order.map((i) => listed.rows[i]!);
  const paths = rows.map((row) => row.picture);
  const files = await openPictureFiles(storage, codec, paths, timed.time);
  return createRecording({
    metadata: {
      format: 'sullychen',
      name: storage.name,
      rate: timed.assumedRate ?? meanRate(timed.time, USUAL_RATE),
      timeSource: timed.assumedRate === undefined ? 'recorded' : 'assumed-rate',
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
      time: timed.time,
      steeringAngle: Float64Array.from(rows, (row) => -row.degrees * RADIANS_PER_DEGREE + 0),
      'source.angle': Float64Array.from(rows, (row) => row.degrees),
    },
    cameras: { centre: files },
    breaks: timed.breaks,
    skipped: bad.skipped,
    notes: [...listed.notes, ...timed.notes, ...pictureNotes(index, listed.used, LIST)],
    close: () => storage.close(),
  });
}

/** The samples of a list, each picture once. */
function readList(text: string, where: string, index: PictureIndex, bad: BadSamples) {
  const rows: Row[] = [];
  const repeats = new RepeatedPictures();
  let gap = false;
  for (const [i, whole] of text.split(/\r\n?|\n/).entries()) {
    if (whole.trim() === '') continue;
    const at = `${where}:${i + 1}`;
    const found = bad.try(() => {
      const row = parseRow(whole.trim(), at, index);
      return { row, kind: repeats.judge(row.picture, row, i + 1, `${at}: picture`) };
    });
    if (found?.kind === 'new') rows.push({ ...found.row, gap });
    if (found?.kind !== 'again') gap = found?.kind !== 'new';
  }
  return { rows, used: repeats.used, notes: repeats.notes() };
}

function parseRow(text: string, where: string, index: PictureIndex): Omit<Row, 'gap'> {
  const parts = LINE.exec(text);
  if (parts === null) throw badSample(where, 'the line is not "<picture> <degrees>"');
  const [, picture, first, rest] = parts;
  // What is no date but digits are decimals behind a comma.
  const decimals = rest !== undefined && /^\d+$/.test(rest) ? rest : undefined;
  return {
    picture: index.find(picture!, `${where}: picture`),
    degrees: parseNumber(decimals === undefined ? first : `${first}.${decimals}`, `${where}: angle`),
    stamp: rest === undefined || decimals !== undefined ? Number.NaN : parseDate(rest, `${where}: date`),
  };
}

/** `2018-07-01 17:09:44:912`, with a colon before the milliseconds. */
function parseDate(text: string, where: string): number {
  const seconds = secondsOfDate(text);
  if (Number.isNaN(seconds)) throw badSample(where, `${JSON.stringify(text)} is no date and time`);
  return seconds;
}

/** Times of the samples: their dates, else by the numbers of their pictures, else by count. */
function inTime(rows: readonly Row[], rate: number | undefined): TimedSamples {
  const gaps = rows.flatMap(({ gap }, i) => (gap && i > 0 ? [i] : []));
  if (rate === undefined && rows.every((row) => !Number.isNaN(row.stamp))) {
    const time = Float64Array.from(rows, (row) => Math.round((row.stamp - rows[0]!.stamp) * 1000) / 1000);
    return { order: rows.map((_, i) => i), time, breaks: gaps, notes: [] };
  }
  const assumed = rate ?? USUAL_RATE;
  const dateless = rows.filter((row) => Number.isNaN(row.stamp)).length;
  const notes =
    rate === undefined && dateless < rows.length
      ? [`${dateless} of ${rows.length} lines have no date, so the dates of the others are not used`]
      : [];
  const numbers = pictureNumbers(rows.map(({ picture }) => picture));
  if (numbers === undefined) return byCount(rows.length, assumed, gaps, notes);
  const numbered = numberedSamples(numbers, assumed, gaps);
  return { ...numbered, notes: [...notes, ...numbered.notes] };
}
