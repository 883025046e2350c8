import { decodeText } from '../../../sim/decode-text.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample } from '../bad-samples.ts';
import { type OpenOptions, RADIANS_PER_DEGREE, type RecordingFormat } from '../format.ts';
import { headerOf, parseTable, type Table, type TableRow } from '../table.ts';

/** Columns that are known, with their factor into our units; left is positive. Others are kept as they are. */
const KNOWN: Record<string, { column: string; unit: string; factor: number }> = {
  steering_wheel_deg: {
    column: 'steeringAngle',
    unit: 'degrees of the steering wheel, left positive',
    factor: RADIANS_PER_DEGREE,
  },
  steering_wheel_rad: { column: 'steeringAngle', unit: 'rad of the steering wheel, left positive', factor: 1 },
  speed_mps: { column: 'speed', unit: 'm/s', factor: 1 },
  torque_nm: { column: 'torque', unit: 'N·m at the steering wheel, left positive', factor: 1 },
};
const TIME = 't_s';
/** A column in which fewer fields than this share are numbers holds text, and is left out; one with more has bad fields. */
const NUMERIC = 0.5;

/** A table of telemetry without images: a CSV file whose header names `t_s` and fields with their units. */
export const telemetryCsv: RecordingFormat = {
  name: 'telemetry-csv',
  title: 'Telemetry table (t_s, steering_wheel_deg, speed_mps …)',
  files: ['csv'],
  docs: {
    knownBy: 'a CSV file with `t_s` and one of the fields beside',
    steering: '`steering_wheel_deg` → π/180, `steering_wheel_rad` → 1, left +',
    others: '`speed_mps`, `torque_nm`; all columns of numbers as `source.`',
    times: '`t_s`',
    cameras: 'none',
  },
  detect: async (storage) => (await findTable(storage)) !== undefined,
  open: (storage, _codec, options) => openTelemetry(storage, options),
};

async function findTable(storage: FileStorage): Promise<string | undefined> {
  for (const { name, kind } of await storage.list()) {
    if (kind !== 'file' || !/\.csv$/i.test(name)) continue;
    const fields = headerOf(decodeText(await storage.readRange(name, 0, 4096), { cut: true }));
    if (fields.includes(TIME) && fields.some((field) => Object.hasOwn(KNOWN, field))) return name;
  }
  return undefined;
}

async function openTelemetry(storage: FileStorage, options: OpenOptions): Promise<Recording> {
  const file = await findTable(storage);
  if (file === undefined) {
    const what = `there is no table with ${TIME}`;
    throw new Refusal('bad-recording', storage.name, what, 'add a CSV file with that header');
  }
  const where = `${storage.name}/${file}`;
  const bad = new BadSamples(options.skipBad);
  const table = parseTable(decodeText(await storage.read(file)), where);
  const { fields, texts } = columnsOf(table);
  const { rows, breaks } = readRows(table, fields, bad, where);
  const values = (field: string) => Float64Array.from(rows, (row) => row[fields.indexOf(field)]!);
  const time = values(TIME);
  const columns: Record<string, Float64Array> & { time: Float64Array } = { time };
  for (const field of fields) {
    if (field === TIME) continue;
    const source = values(field);
    columns[`source.${field.replaceAll(/\s/g, '_')}`] = source;
    const known = KNOWN[field];
    if (known !== undefined) columns[known.column] = source.map((value) => value * known.factor);
  }
  if (columns.speed !== undefined) columns.measuredSpeed = columns.speed;
  return createRecording({
    metadata: {
      format: 'telemetry-csv',
      name: storage.name,
      rate: meanRate(time, 1),
      timeSource: 'recorded',
      cameras: {},
      conversions: fields.flatMap((field) => {
        const known = KNOWN[field];
        return known === undefined ? [] : [{ ...known, field }];
      }),
    },
    columns,
    cameras: {},
    breaks,
    skipped: bad.skipped,
    notes: texts.length > 0 ? [`columns without numbers are left out: ${texts.join(', ')}`] : [],
    close: () => storage.close(),
  });
}

/** The columns that are read, and those that hold text: such a column is not a fault of every row. */
function columnsOf({ header, rows }: Table): { fields: string[]; texts: string[] } {
  const fields: string[] = [];
  const texts: string[] = [];
  for (const [place, field] of header.entries()) {
    if (field === '' || header.indexOf(field) !== place) continue;
    const numeric = rows.filter((row) => row.isNumber(field)).length;
    const isRead = field === TIME || Object.hasOwn(KNOWN, field) || numeric >= NUMERIC * rows.length;
    (isRead ? fields : texts).push(field);
  }
  return { fields, texts };
}

function readRows({ header, rows: lines }: Table, fields: readonly string[], bad: BadSamples, where: string) {
  const rows: number[][] = [];
  const breaks: number[] = [];
  let skippedBefore = false;
  for (const line of lines) {
    const row = bad.try(() => readRow(line, header, fields, `${where}:${line.line}`));
    if (row === undefined) {
      skippedBefore = true;
      continue;
    }
    if (skippedBefore && rows.length > 0) breaks.push(rows.length);
    skippedBefore = false;
    rows.push(row);
  }
  return { rows, breaks };
}

function readRow(row: TableRow, header: readonly string[], fields: readonly string[], where: string): number[] {
  const more = row.fields.slice(header.length).some((field) => field !== '');
  if (more || row.fields.length < header.length) {
    throw badSample(where, `${row.fields.length} fields instead of ${header.length}`);
  }
  return fields.map((field) => row.number(field));
}
