import type { NumberReader } from '../../../sim/csv/numbers.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import type { Conversion } from '../../recording/metadata.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample, parseNumber } from '../bad-samples.ts';
import { COLUMNS_FILE, readColumnsFile } from '../columns/columns-file.ts';
import { ADJUSTABLE, type Adjustable, type ColumnReadings, joinReadings, namesColumns } from '../columns/readings.ts';
import { CAMERA_OF } from '../columns/roles.ts';
import { type TimeColumn, timeColumn } from '../columns/times.ts';
import { timeInName } from '../date-time.ts';
import type { OpenOptions, RecordingFormat } from '../format.ts';
import { openPictureCameras } from '../picture-files.ts';
import { PictureIndex } from '../picture-index.ts';
import { pictureNotes } from '../picture-notes.ts';
import { numberedSamples, pictureNumbers } from '../picture-numbers.ts';
import { RepeatedPictures } from '../repeated-pictures.ts';
import { byCount, byTime, type TimedSamples } from '../timed-samples.ts';
import { type FoundTable, findTable, tablesIn } from './find-table.ts';
import { labelColumns } from './labels.ts';
import { otherColumns } from './other-columns.ts';

/** Any table with a row for each picture: a person says which column is what. */
export const pictureTable: RecordingFormat = {
  name: 'picture-table',
  title: 'Table of pictures and angles, its columns named by you',
  files: ['csv', 'tsv', 'txt', 'json', 'jpg', 'jpeg', 'png'],
  docs: {
    knownBy: '`columns.json` that names columns of a table beside it, or `--columns`',
    steering:
      'as `columns.json` or `--columns` say: rad or degrees of the wheel, or at the road wheels · ratio, or a share of 25°; left + or right +',
    others: 'speed, torque, throttle, brake; other numbers as `source.`',
    times:
      'the time column: dates, or numbers in s, ms, µs, ns; else in the names of pictures; else their numbers, or rows, at `--rate`',
    cameras: 'centre, left, right, found in the folder by file name, or by number',
  },
  detect: async (storage) => namesColumns(await readColumnsFile(storage)),
  canRead: async (storage) => (await tablesIn(storage)).length > 0,
  open: openPictureTable,
};

interface Row {
  readonly fields: readonly string[];
  readonly pictures: Readonly<Partial<Record<'picture' | 'left' | 'right', string>>>;
  readonly labels: Readonly<Partial<Record<Adjustable, number>>>;
  /** [s] from any moment; NaN where no column tells. */
  readonly time: number;
  readonly gap: boolean;
}

async function openPictureTable(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const readings = joinReadings(await readColumnsFile(storage), options.columns);
  refuseTooFew(storage, readings);
  const table = await findTable(storage, readings);
  const where = `${storage.name}/${table.file}`;
  const bad = new BadSamples(options.skipBad);
  const timed = timesOf(table, readings.time ?? {}, where);
  const index = await PictureIndex.of(storage);
  const read = readRows(table, timed, index, bad, where);
  if (read.rows.length === 0) {
    throw new Refusal('bad-recording', where, 'there is no sample in it', bad.skipped[0] ?? 'use a table with rows');
  }
  const order = inTime(read.rows, timed !== undefined, options.rate, where);
  const rows = order.order.map((i) => read.rows[i]!);
  const labels = labelsOf(rows, table, readings, options, where);
  const others = otherColumns(table, rows);
  const paths = Object.entries(CAMERA_OF).map(
    ([role, camera]) => [camera, rows.map(({ pictures }) => pictures[role as keyof typeof CAMERA_OF])] as const,
  );
  const seen = await openPictureCameras(storage, codec, paths, order.time);
  return createRecording({
    metadata: {
      format: 'picture-table',
      name: storage.name,
      rate: order.assumedRate ?? meanRate(order.time, 1),
      timeSource: order.assumedRate === undefined ? 'recorded' : 'assumed-rate',
      cameras: seen.about,
      conversions: labels.conversions,
    },
    columns: { ...others.columns, ...labels.columns, time: order.time },
    cameras: seen.cameras,
    breaks: order.breaks,
    skipped: bad.skipped,
    notes: [
      ...labels.notes,
      ...(timed?.notes ?? []),
      ...others.notes,
      ...read.notes,
      ...order.notes,
      ...pictureNotes(index, read.used, table.file),
    ],
    close: () => storage.close(),
  });
}

/** The columns that a person named, in our units and as they are stored. */
function labelsOf(
  rows: readonly Row[],
  table: FoundTable,
  readings: ColumnReadings,
  options: OpenOptions,
  where: string,
): { columns: Record<string, Float64Array>; conversions: Conversion[]; notes: string[] } {
  const stored = new Map<Adjustable, Float64Array>();
  for (const role of ADJUSTABLE) {
    if (table.places.has(role))
      stored.set(
        role,
        Float64Array.from(rows, ({ labels }) => labels[role] ?? Number.NaN),
      );
  }
  const name = (role: Adjustable) => headerOf(table, table.places.get(role)!);
  const labels = labelColumns(stored, readings, name, options, where);
  const columns: Record<string, Float64Array> = {};
  for (const { role, conversion } of labels) {
    columns[conversion.column] = stored.get(role)!.map((value) => value * conversion.factor + 0);
    columns[`source.${conversion.field.replaceAll(/\s/g, '_')}`] = stored.get(role)!;
  }
  if (columns.speed !== undefined) columns.measuredSpeed = columns.speed;
  return {
    columns,
    conversions: labels.map(({ conversion }) => conversion),
    notes: labels.flatMap(({ notes }) => notes),
  };
}

function refuseTooFew(storage: FileStorage, readings: ColumnReadings): void {
  const shown = (Object.keys(CAMERA_OF) as (keyof typeof CAMERA_OF)[]).some((role) => readings[role]?.column);
  const taught = ADJUSTABLE.some((role) => readings[role]?.column);
  if ((shown || readings.time?.column) && taught) return;
  const what = 'a table needs a column with pictures or times, and one with the steering or another label';
  const mend = `name them: --columns picture=<column>,time=<column>,steering=<column>:deg, or in ${COLUMNS_FILE}`;
  throw new Refusal('bad-columns', storage.name, what, mend);
}

function headerOf({ header }: FoundTable, place: number): string {
  return header[place] || `column ${place + 1}`;
}

function timesOf(table: FoundTable, reading: { unit?: string | undefined }, where: string): TimeColumn | undefined {
  const place = table.places.get('time');
  if (place === undefined) return undefined;
  const name = headerOf(table, place);
  const texts = table.lines.map(({ fields }) => fields[place] ?? '');
  return timeColumn(texts, reading, name, table.number, `${where}: ${name}`);
}

function readRows(
  table: FoundTable,
  timed: TimeColumn | undefined,
  index: PictureIndex,
  bad: BadSamples,
  where: string,
) {
  const rows: Row[] = [];
  const used = new Set<string>();
  const repeats = new RepeatedPictures();
  let gap = false;
  for (const { line, fields } of table.lines) {
    const at = `${where}:${line}`;
    const found = bad.try(() => {
      const row = readRow(fields, table, timed, index, at);
      for (const path of Object.values(row.pictures)) used.add(path);
      const { picture } = row.pictures;
      const kind = picture === undefined ? 'new' : repeats.judge(picture, [row.labels, row.time], line, at);
      return { row, kind } as const;
    });
    if (found?.kind === 'new') rows.push({ ...found.row, gap });
    if (found?.kind !== 'again') gap = found?.kind !== 'new';
  }
  return { rows, used, notes: repeats.notes() };
}

function readRow(
  fields: readonly string[],
  table: FoundTable,
  timed: TimeColumn | undefined,
  index: PictureIndex,
  where: string,
): Omit<Row, 'gap'> {
  const field = (role: Adjustable | keyof typeof CAMERA_OF | 'time') => {
    const place = table.places.get(role);
    if (place === undefined) return undefined;
    const at = `${where}: ${headerOf(table, place)}`;
    if (fields[place] === undefined) throw badSample(at, 'the field is missing');
    return { text: fields[place], at };
  };
  const pictures: Partial<Record<keyof typeof CAMERA_OF, string>> = {};
  for (const role of ['picture', 'left', 'right'] as const) {
    const named = field(role);
    if (named === undefined || (named.text === '' && role !== 'picture')) continue;
    if (named.text === '') throw badSample(named.at, 'the row names no picture');
    pictures[role] = index.find(named.text, named.at);
  }
  const labels: Partial<Record<Adjustable, number>> = {};
  for (const role of ADJUSTABLE) {
    const named = field(role);
    if (named !== undefined) labels[role] = label(named, role, table.number);
  }
  const time = field('time');
  return { fields, pictures, labels, time: time === undefined ? Number.NaN : timed!.seconds(time.text, time.at) };
}

/** Pedals and the like may be missing in single rows; what is learned may not. */
function label({ text, at }: { text: string; at: string }, role: Adjustable, number: NumberReader): number {
  return text === '' && role !== 'steering' ? Number.NaN : parseNumber(text, at, number);
}

/** @throws Refusal `no-times` where nothing tells when the rows were recorded */
function inTime(rows: readonly Row[], timed: boolean, rate: number | undefined, where: string): TimedSamples {
  const gaps = rows.flatMap(({ gap }, i) => (gap && i > 0 ? [i] : []));
  if (timed)
    return byTime(
      rows.map(({ time }) => time),
      gaps,
    );
  const names = rows.map(({ pictures }) => pictures.picture ?? pictures.left ?? pictures.right ?? '');
  const named = names.map(timeInName);
  if (!named.some(Number.isNaN)) return byTime(named, gaps);
  if (rate === undefined) {
    const mend =
      'name a column of times, as in --columns time=<column>:ms, or say how many a second there are: --rate <hz>';
    throw new Refusal('no-times', where, 'nothing tells when its rows were recorded', mend);
  }
  const numbers = pictureNumbers(names);
  if (numbers !== undefined) return numberedSamples(numbers, rate, gaps);
  return byCount(rows.length, rate, gaps);
}
