import { Refusal } from '../../../sim/refusal.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample, parseNumber } from '../bad-samples.ts';
import { type OpenOptions, RADIANS_PER_DEGREE, type RecordingFormat } from '../format.ts';
import { decodeText } from '../json.ts';
import { headerOf, parseTable } from '../table.ts';

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

/** A table of telemetry without images: a CSV file whose header names `t_s` and fields with their units. */
export const telemetryCsv: RecordingFormat = {
  name: 'telemetry-csv',
  title: 'Telemetry table (t_s, steering_wheel_deg, speed_mps …)',
  files: ['csv'],
  docs: {
    knownBy: 'a CSV file with `t_s` and one of the fields beside',
    steering: '`steering_wheel_deg` → π/180, `steering_wheel_rad` → 1, left +',
    others: '`speed_mps`, `torque_nm`; all columns as `source.`',
    times: '`t_s`',
    cameras: 'none',
  },
  detect: async (storage) => (await findTable(storage)) !== undefined,
  open: (storage, _codec, options) => openTelemetry(storage, options),
};

async function findTable(storage: FileStorage): Promise<string | undefined> {
  for (const { name, kind } of await storage.list()) {
    if (kind !== 'file' || !name.endsWith('.csv')) continue;
    const fields = headerOf(decodeText(await storage.readRange(name, 0, 1024)));
    if (fields.includes(TIME) && fields.some((field) => Object.hasOwn(KNOWN, field))) return name;
  }
  return undefined;
}

async function openTelemetry(storage: FileStorage, options: OpenOptions): Promise<Recording> {
  const file = await findTable(storage);
  if (file === undefined) {
    throw new Refusal(
      'bad-recording',
      storage.name,
      `there is no table with ${TIME}`,
      'add a CSV file with that header',
    );
  }
  const where = `${storage.name}/${file}`;
  const bad = new BadSamples(options.skipBad);
  const { header, rows: lines } = parseTable(decodeText(await storage.read(file)), where);
  const rows: number[][] = [];
  const breaks: number[] = [];
  let skippedBefore = false;
  for (const { line, fields } of lines) {
    const row = bad.try(() => {
      if (fields.length !== header.length) {
        throw badSample(`${where}:${line}`, `${fields.length} fields instead of ${header.length}`);
      }
      return fields.map((text, k) => parseNumber(text, `${where}:${line}: ${header[k]}`));
    });
    if (row === undefined) {
      skippedBefore = true;
      continue;
    }
    if (skippedBefore && rows.length > 0) breaks.push(rows.length);
    skippedBefore = false;
    rows.push(row);
  }
  const time = Float64Array.from(rows, (row) => row[header.indexOf(TIME)]!);
  const columns: Record<string, Float64Array> & { time: Float64Array } = { time };
  header.forEach((field, k) => {
    if (field === TIME || field === '') return;
    const source = Float64Array.from(rows, (row) => row[k]!);
    columns[`source.${field.replaceAll(/\s/g, '_')}`] = source;
    const known = KNOWN[field];
    if (known !== undefined) columns[known.column] = source.map((value) => value * known.factor);
  });
  if (columns.speed !== undefined) columns.measuredSpeed = columns.speed;
  return createRecording({
    metadata: {
      format: 'telemetry-csv',
      name: storage.name,
      rate: meanRate(time, 1),
      timeSource: 'recorded',
      cameras: {},
      conversions: header.flatMap((field) => {
        const known = KNOWN[field];
        return known === undefined ? [] : [{ ...known, field }];
      }),
    },
    columns,
    cameras: {},
    breaks,
    skipped: bad.skipped,
    close: () => storage.close(),
  });
}
