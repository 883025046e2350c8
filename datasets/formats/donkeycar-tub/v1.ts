import { z } from 'zod';
import type { ImageCodec } from '../../images/codec.ts';
import type { Recording } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples } from '../bad-samples.ts';
import type { OpenOptions, RecordingFormat } from '../format.ts';
import { decodeText, parseJson } from '../json.ts';
import { type NumberedRecord, recordSchema, tubRecording } from './records.ts';

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
    knownBy: '`meta.json` with `record_N.json`',
    steering: '`user/angle`, share of 16°, right + → −16° · ratio',
    others: '`user/throttle` −1..1; other numbers as `source.`',
    times: '`milliseconds`; 20 Hz assumed where there are none',
    cameras: '`cam/image_array` → centre, others by name',
  },
  detect: async (storage) => {
    if (!(await storage.exists(META))) return false;
    return (await storage.list()).some((entry) => RECORD.test(entry.name));
  },
  open: openTub,
};

async function openTub(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const bad = new BadSamples(options.skipBad);
  const place = (file: string) => `${storage.name}/${file}`;
  const meta = parseJson(decodeText(await storage.read(META)), metaSchema, place(META));
  const excluded = new Set<number>();
  if (await storage.exists(EXCLUDED)) {
    const list = parseJson(decodeText(await storage.read(EXCLUDED)), z.array(z.int()), place(EXCLUDED));
    for (const number of list) excluded.add(number);
  }
  const files = (await storage.list())
    .map(({ name }) => ({ name, number: Number(RECORD.exec(name)?.[1] ?? Number.NaN) }))
    .filter(({ number }) => !Number.isNaN(number) && !excluded.has(number))
    .sort((a, b) => a.number - b.number);
  const records: NumberedRecord[] = [];
  for (const { name, number } of files) {
    const text = decodeText(await storage.read(name));
    const record = bad.try(() => parseJson(text, recordSchema, place(name)));
    if (record === undefined) continue;
    const { milliseconds } = record;
    const stamp = typeof milliseconds === 'number' ? milliseconds / 1000 : Number.NaN;
    records.push({ index: number, stamp, record, where: place(name) });
  }
  const imageFields = meta.inputs.filter((_, i) => meta.types[i] === 'image_array');
  const tub = { format: 'donkeycar-tub-v1', imageFields, records, folder: '', source: z.json().parse(meta) };
  return tubRecording(storage, codec, tub, bad, options);
}
