import { z } from 'zod';
import type { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { ColumnBuilder } from '../../recording/column-builder.ts';
import type { RecordingMetadata } from '../../recording/metadata.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate, usualStep } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { type BadSamples, badSample } from '../bad-samples.ts';
import { DEFAULT_STEERING_RATIO, type OpenOptions, RADIANS_PER_DEGREE } from '../format.ts';
import { openPictureCameras } from '../picture-files.ts';
import { cameraOf, findFields, type TubFields } from './fields.ts';
import type { NumberedRecord } from './record.ts';

/** Rate of DonkeyCar's drive loop unless its owner changes it [Hz]. */
export const USUAL_RATE = 20;
/** Road-wheel angle of `user/angle` = 1 in DonkeyCar's simulator; that of a real car is not known [degrees]. */
export const FULL_STEERING_DEGREES = 16;
/** Stamps closer than this are those of a conversion, not of a drive [s]. */
const SHORTEST_STEP = 0.005;

/** Largest share of full steering that rounding and calibration explain. */
const LARGEST_SHARE = 1.05;

/** What a tub that we wrote says in its metadata. */
export const ownSchema = z.object({ steeringRatio: z.number().positive(), fullSteering: z.number().positive() });

/** Fields of a tub that we wrote beyond DonkeyCar's own, with the columns they hold in our units. */
export const OWN_FIELDS = [
  ['wheelhouse/speed', 'speed'],
  ['wheelhouse/measured_speed', 'measuredSpeed'],
  ['wheelhouse/torque', 'torque'],
] as const;

/** A tub as read from either version. */
export interface Tub {
  readonly format: string;
  /** Fields that hold the names of pictures, as far as the tub says. */
  readonly imageFields: readonly string[];
  readonly records: readonly NumberedRecord[];
  /** Folder of the pictures, with a slash at its end, or empty. */
  readonly folder: string;
  readonly source: RecordingMetadata['source'];
  readonly own?: z.infer<typeof ownSchema> | undefined;
  /** Pictures that any record names, also one that is deleted. */
  readonly named: ReadonlySet<string>;
  /** What was tolerated or left out so far, for people. */
  readonly notes: readonly string[];
}

/** Turns the records of a tub into a recording. */
export async function tubRecording(
  storage: FileStorage,
  codec: ImageCodec,
  tub: Tub,
  bad: BadSamples,
  options: OpenOptions,
): Promise<Recording> {
  const entries = (await storage.exists(tub.folder === '' ? '.' : tub.folder)) ? await storage.list(tub.folder) : [];
  const present = new Set(entries.map((entry) => entry.name));
  if (tub.records.length === 0) throw emptyTub(storage.name, bad);
  const fields = findFields(tub.records, tub.imageFields, storage.name);
  const kept: NumberedRecord[] = [];
  const breaks: number[] = [];
  for (const numbered of tub.records) {
    const whole = bad.try(() => checkRecord(numbered, fields, tub.folder, present));
    if (whole === undefined) continue;
    const before = kept.at(-1);
    if (before !== undefined && before.index + 1 !== numbered.index) breaks.push(kept.length);
    kept.push(numbered);
  }
  if (kept.length === 0) throw emptyTub(storage.name, bad);
  const notes = [...tub.notes, ...noteOrphans(present, tub), ...noteShares(kept, fields)];

  const { time, recorded } = times(kept, options.rate);
  // A tub that we wrote says itself what its numbers mean.
  const ratio = options.steeringRatio ?? tub.own?.steeringRatio ?? DEFAULT_STEERING_RATIO;
  const full = options.fullSteering ?? tub.own?.fullSteering ?? FULL_STEERING_DEGREES * RADIANS_PER_DEGREE;
  const builder = new ColumnBuilder(kept.length);
  kept.forEach(({ record }, i) => {
    builder.next(time[i]!);
    for (const [field, value] of Object.entries(record)) {
      if (typeof value === 'number' && !field.startsWith('_') && /^\S+$/.test(field))
        builder.set(`source.${field}`, value);
    }
    builder.set('steeringAngle', -(record[fields.steering] as number) * full * ratio + 0);
    const throttle = fields.throttle && record[fields.throttle];
    if (typeof throttle === 'number') builder.set('throttle', throttle);
    for (const [field, column] of tub.own === undefined ? [] : OWN_FIELDS) {
      if (typeof record[field] === 'number') builder.set(column, record[field]);
    }
  });
  const paths = fields.images.map((field) => {
    const names = kept.map(({ record }) => record[field]);
    const places = names.map((name) => (typeof name === 'string' ? `${tub.folder}${name}` : undefined));
    return [cameraOf(field, fields), places] as const;
  });
  const { cameras, about } = await openPictureCameras(storage, codec, paths, time);
  return createRecording({
    metadata: {
      format: tub.format,
      name: storage.name,
      rate: recorded ? meanRate(time, USUAL_RATE) : (options.rate ?? USUAL_RATE),
      timeSource: recorded ? 'recorded' : 'assumed-rate',
      cameras: about,
      conversions: [
        {
          column: 'steeringAngle',
          field: fields.steering,
          unit: 'share of full steering, right positive',
          factor: -full * ratio,
          note: `full steering of ${(full / RADIANS_PER_DEGREE).toFixed(1)} degrees at the road wheels and steering ratio ${ratio} assumed`,
        },
      ],
      source: tub.source,
    },
    columns: builder.finish(),
    cameras,
    breaks,
    skipped: bad.skipped,
    notes,
    close: () => storage.close(),
  });
}

function emptyTub(where: string, { skipped }: BadSamples): Refusal {
  const first = skipped[0] === undefined ? '' : `; the first that was left out: ${skipped[0]}`;
  return badSample(where, `there is no usable record in the tub${first}`, 'use a tub with records');
}

function checkRecord(
  { record, where }: NumberedRecord,
  { steering, images, main }: TubFields,
  folder: string,
  present: ReadonlySet<string>,
): true {
  const angle = record[steering];
  if (typeof angle !== 'number' || !Number.isFinite(angle)) {
    throw badSample(`${where}: ${steering}`, angle === undefined ? 'the field is missing' : 'is no finite number');
  }
  for (const field of images) {
    const name = record[field];
    if (name === undefined && field !== main) continue;
    if (typeof name !== 'string') throw badSample(`${where}: ${field}`, 'names no picture');
    if (!present.has(name)) {
      const mend = 'add the picture, mark the record as deleted, or skip bad samples (--skip-bad)';
      throw badSample(`${where}: ${field}`, `the picture ${folder}${name} is missing`, mend);
    }
  }
  return true;
}

/** Tells of pictures that no record names. */
function noteOrphans(present: ReadonlySet<string>, { named, folder }: Tub): string[] {
  const orphans = [...present].filter((name) => /\.(jpe?g|png)$/i.test(name) && !named.has(name)).sort();
  if (orphans.length === 0) return [];
  return [`pictures without a record, left out: ${orphans.length} (the first: ${folder}${orphans[0]})`];
}

/** Tells of angles that cannot be shares of full steering: a car's own scale, or another unit. */
function noteShares(kept: readonly NumberedRecord[], { steering }: TubFields): string[] {
  const beyond = kept.filter(({ record }) => Math.abs(record[steering] as number) > LARGEST_SHARE).length;
  if (beyond === 0) return [];
  return [
    `${beyond} of ${kept.length} values of ${steering} are beyond ±1, and it is taken for a share of full steering; if it is not, set what 1 means (--full-steering)`,
  ];
}

/** Recorded times when they look like those of a drive and nobody gave a rate, else numbers over the rate. */
function times(kept: readonly NumberedRecord[], rate: number | undefined): { time: Float64Array; recorded: boolean } {
  const stamps = Float64Array.from(kept, ({ stamp }) => stamp);
  if (rate === undefined && stamps.every(Number.isFinite) && usualStep(stamps) >= SHORTEST_STEP) {
    return { time: stamps.map((stamp) => Math.round((stamp - stamps[0]!) * 1000) / 1000), recorded: true };
  }
  const first = kept[0]!.index;
  return { time: Float64Array.from(kept, ({ index }) => (index - first) / (rate ?? USUAL_RATE)), recorded: false };
}
