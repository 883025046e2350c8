import { z } from 'zod';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import type { Recording } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples } from '../bad-samples.ts';
import type { OpenOptions, RecordingFormat } from '../format.ts';
import { decodeText, parseJson } from '../json.ts';
import { type NumberedRecord, ownSchema, recordSchema, tubRecording } from './records.ts';

const MANIFEST = 'manifest.json';
const IMAGE_TYPES = new Set(['image_array', 'gray16_array']);

const namesSchema = z.array(z.string());
const objectSchema = z.record(z.string(), z.json());
const catalogsSchema = z.object({
  paths: z.array(z.string()),
  deleted_indexes: z.array(z.int()).default([]),
});
const lineSchema = recordSchema.and(z.object({ _index: z.int().min(0), _timestamp_ms: z.number().optional() }));

/** DonkeyCar's tub v2: `manifest.json`, `catalog_N.catalog`, `images/`. */
export const donkeycarTub: RecordingFormat = {
  name: 'donkeycar-tub',
  title: 'DonkeyCar tub v2 (manifest.json)',
  files: ['json', 'catalog', 'catalog_manifest', 'jpg', 'jpeg', 'png'],
  docs: {
    knownBy: '`manifest.json` whose first line is a list',
    steering: '`user/angle`, share of 16°, right + → −16° · ratio',
    others: '`user/throttle` −1..1; other numbers as `source.`',
    times: '`_timestamp_ms`; 20 Hz assumed where those are of a conversion',
    cameras: '`cam/image_array` → centre, others by name',
  },
  detect: async (storage) => {
    if (!(await storage.exists(MANIFEST))) return false;
    return decodeText(await storage.readRange(MANIFEST, 0, 1)) === '[';
  },
  open: openTub,
};

async function openTub(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const bad = new BadSamples(options.skipBad);
  const lines = decodeText(await storage.read(MANIFEST)).split('\n');
  const where = (line: number) => `${storage.name}/${MANIFEST}:${line}`;
  const inputs = parseJson(lines[0] ?? '', namesSchema, where(1));
  const types = parseJson(lines[1] ?? '', namesSchema, where(2));
  if (types.length !== inputs.length) {
    throw new Refusal(
      'bad-recording',
      where(2),
      `${types.length} types for ${inputs.length} fields`,
      'restore the file',
    );
  }
  const user = parseJson(lines[2] ?? '', objectSchema, where(3));
  const session = parseJson(lines[3] ?? '', objectSchema, where(4));
  const { paths, deleted_indexes } = parseJson(lines[4] ?? '', catalogsSchema, where(5));

  const deleted = new Set(deleted_indexes);
  const records: NumberedRecord[] = [];
  // DonkeyCar matches deleted indexes with the position over all catalogs, not with `_index`.
  let position = 0;
  for (const path of paths) {
    const text = decodeText(await storage.read(path));
    for (const [i, line] of text.split('\n').entries()) {
      if (line === '' || deleted.has(position++)) continue;
      const place = `${storage.name}/${path}:${i + 1}`;
      const record = bad.try(() => parseJson(line, lineSchema, place));
      if (record === undefined || record.__empty__ !== undefined) continue;
      records.push({
        index: record._index,
        stamp: record._timestamp_ms === undefined ? Number.NaN : record._timestamp_ms / 1000,
        record,
        where: place,
      });
    }
  }
  const imageFields = inputs.filter((_, i) => IMAGE_TYPES.has(types[i]!));
  const tub = {
    format: 'donkeycar-tub',
    imageFields,
    records,
    folder: 'images/',
    source: { inputs, types, user, session },
    own: ownSchema.safeParse(user.wheelhouse).data,
  };
  return tubRecording(storage, codec, tub, bad, options);
}
