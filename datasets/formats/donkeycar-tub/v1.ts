import { z } from 'zod';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import type { Recording } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples } from '../bad-samples.ts';
import { secondsOfDate } from '../date-time.ts';
import type { OpenOptions, RecordingFormat } from '../format.ts';
import { decodeText, parseJson } from '../json.ts';
import { picturesOf } from './fields.ts';
import { type NumberedRecord, recordSchema, type TubRecord } from './record.ts';
import { tubRecording } from './records.ts';

const META = 'meta.json';
const EXCLUDED = 'exclude.json';
const RECORD = /^record_(\d+)\.json$/;

const metaSchema = z.looseObject({ inputs: z.array(z.string()), types: z.array(z.string()) });

/** DonkeyCar's tub v1 (up to version 3): `meta.json`, `record_N.json` and pictures in one folder. */
export const donkeycarTubV1: RecordingFormat = {
  name: 'donkeycar-tub-v1',
  title: 'DonkeyCar tub v1 (record_N.json)',
  files: ['json', 'jpg', 'jpeg', 'png'],
  docs: {
    knownBy: '`record_N.json`, mostly beside `meta.json`',
    steering: '`user/angle` (or as in `donkeycar-tub`), share of 16°, right + → −16° · ratio',
    others: '`user/throttle` −1..1; other numbers as `source.`',
    times: '`milliseconds`, or a date in `timestamp`; 20 Hz assumed where there are none',
    cameras: '`cam/image_array` or the only one → centre, others by name',
  },
  detect: async (storage) => (await storage.list()).some((entry) => RECORD.test(entry.name)),
  open: openTub,
};

async function openTub(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const bad = new BadSamples(options.skipBad);
  const place = (file: string) => `${storage.name}/${file}`;
  const notes: string[] = [];
  const meta = await readMeta(storage, notes);
  const excluded = new Set<number>();
  if (await storage.exists(EXCLUDED)) {
    const list = parseJson(decodeText(await storage.read(EXCLUDED)), z.array(z.int()), place(EXCLUDED));
    for (const number of list) excluded.add(number);
  }
  const files = (await storage.list())
    .map(({ name }) => ({ name, number: Number(RECORD.exec(name)?.[1] ?? Number.NaN) }))
    .filter(({ number }) => !Number.isNaN(number))
    .sort((a, b) => a.number - b.number);
  const records: NumberedRecord[] = [];
  const named = new Set<string>();
  for (const { name, number } of files) {
    const isExcluded = excluded.has(number);
    const text = decodeText(await storage.read(name));
    const parse = () => parseJson(text, recordSchema, place(name));
    const record = isExcluded ? new BadSamples(true).try(parse) : bad.try(parse);
    if (record === undefined) continue;
    for (const picture of picturesOf(record)) named.add(picture);
    if (isExcluded) continue;
    records.push({ index: number, stamp: stampOf(record), record, where: place(name) });
  }
  const left = files.filter(({ number }) => excluded.has(number)).length;
  if (left > 0) notes.push(`records listed in ${EXCLUDED}, left out: ${left}`);
  const imageFields = meta?.inputs.filter((_, i) => meta.types[i] === 'image_array') ?? [];
  const source = meta === undefined ? {} : z.json().parse(meta);
  const tub = { format: 'donkeycar-tub-v1', imageFields, records, folder: '', source, named, notes };
  return tubRecording(storage, codec, tub, bad, options);
}

/** When a record was made [s]; NaN where nothing tells. Earlier cars wrote `timestamp`, a date, instead of `milliseconds`. */
function stampOf({ milliseconds, timestamp }: TubRecord): number {
  if (typeof milliseconds === 'number') return milliseconds / 1000;
  return typeof timestamp === 'string' ? secondsOfDate(timestamp) : Number.NaN;
}

/** @returns undefined, with a note, where the file is missing or damaged: the records tell their fields themselves */
async function readMeta(storage: FileStorage, notes: string[]): Promise<z.infer<typeof metaSchema> | undefined> {
  if (!(await storage.exists(META))) {
    notes.push(`${META} is missing; the records are read without it`);
    return undefined;
  }
  try {
    return parseJson(decodeText(await storage.read(META)), metaSchema, META);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    notes.push(`${META} cannot be used and the records are read without it: ${error.what}`);
    return undefined;
  }
}
