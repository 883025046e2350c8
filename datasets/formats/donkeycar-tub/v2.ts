import { z } from 'zod';
import type { ImageCodec } from '../../images/codec.ts';
import type { Recording } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample } from '../bad-samples.ts';
import type { OpenOptions, RecordingFormat } from '../format.ts';
import { decodeText, parseJson } from '../json.ts';
import { picturesOf } from './fields.ts';
import { findCatalogs, MANIFEST, readManifest, type TubManifest } from './manifest.ts';
import { type NumberedRecord, recordSchema } from './record.ts';
import { ownSchema, tubRecording } from './records.ts';

const IMAGE_TYPES = new Set(['image_array', 'gray16_array']);

const lineSchema = recordSchema.and(
  z.object({ _index: z.int().min(0).optional(), _timestamp_ms: z.number().optional() }),
);
const catalogManifestSchema = z.looseObject({ line_lengths: z.array(z.int()) });

/** DonkeyCar's tub v2: `manifest.json`, `catalog_N.catalog`, `images/`. */
export const donkeycarTub: RecordingFormat = {
  name: 'donkeycar-tub',
  title: 'DonkeyCar tub v2 (manifest.json)',
  files: ['json', 'catalog', 'catalog_manifest', 'jpg', 'jpeg', 'png'],
  docs: {
    knownBy: '`manifest.json` whose first line is a list, or `*.catalog`',
    steering: '`user/angle` (or `user/steering`, `angle`, `steering`), share of 16°, right + → −16° · ratio',
    others: '`user/throttle` −1..1; other numbers as `source.`',
    times: '`_timestamp_ms`; 20 Hz assumed where those are of a conversion',
    cameras: '`cam/image_array` or the only one → centre, others by name',
  },
  detect: async (storage) => {
    if ((await storage.exists(MANIFEST)) && decodeText(await storage.readRange(MANIFEST, 0, 1)) === '[') return true;
    return (await findCatalogs(storage)).length > 0;
  },
  open: openTub,
};

async function openTub(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  const bad = new BadSamples(options.skipBad);
  const manifest = await readManifest(storage);
  const { records, named, notes } = await readCatalogs(storage, manifest, bad);
  const { inputs, types, user, session, unlisted } = manifest;
  for (const path of unlisted) {
    const lines = linesOf(decodeText(await storage.read(path)));
    for (const line of lines) for (const name of picturesIn(line)) named.add(name);
  }
  if (unlisted.length > 0) {
    const names = `${unlisted.slice(0, 5).join(', ')}${unlisted.length > 5 ? ', …' : ''}`;
    const what = `catalogs that ${MANIFEST} does not list, left out: ${unlisted.length} (${names})`;
    notes.push(`${what}; all are read where there is no ${MANIFEST}`);
  }
  const tub = {
    format: 'donkeycar-tub',
    imageFields: inputs.filter((_, i) => IMAGE_TYPES.has(types[i] ?? '')),
    records,
    folder: 'images/',
    source: { inputs: [...inputs], types: [...types], user, session },
    own: ownSchema.safeParse(user.wheelhouse).data,
    named,
    notes: [...manifest.notes, ...notes],
  };
  return tubRecording(storage, codec, tub, bad, options);
}

/** @returns records that count, the pictures that any record names, and what was left out */
async function readCatalogs(storage: FileStorage, { paths, deleted, catalogLength }: TubManifest, bad: BadSamples) {
  const records: NumberedRecord[] = [];
  const named = new Set<string>();
  const notes: string[] = [];
  // DonkeyCar matches deleted indexes with the position over all catalogs, not with `_index`.
  let position = 0;
  let left = 0;
  for (const path of paths) {
    const where = `${storage.name}/${path}`;
    if (!(await storage.exists(path))) {
      const what = `${MANIFEST} lists this catalog, and it is missing`;
      bad.try(() => {
        throw badSample(where, what, 'restore it, or leave it out as bad samples are (--skip-bad)');
      });
      position += await recordsOfMissing(storage, path, catalogLength);
      continue;
    }
    const lines = linesOf(decodeText(await storage.read(path)));
    for (const [i, line] of lines.entries()) {
      if (line === '') continue;
      if (isCutOff(line) && i === lines.length - 1) {
        notes.push(`the last line of ${path} is cut off, as when a car is switched off, and left out`);
        continue;
      }
      const isDeleted = deleted.has(position++);
      const record = isDeleted ? undefined : bad.try(() => parseJson(line, lineSchema, `${where}:${i + 1}`));
      for (const name of record === undefined ? picturesIn(line) : picturesOf(record)) named.add(name);
      // What we deleted to tell of a gap was never recorded.
      if (isDeleted && !line.includes('"__empty__"')) left++;
      if (record === undefined || record.__empty__ !== undefined) continue;
      const { _index: index = position - 1, _timestamp_ms: stamp = Number.NaN } = record;
      records.push({ index, stamp: stamp / 1000, record, where: `${where}:${i + 1}` });
    }
  }
  if (left > 0) notes.push(`records marked as deleted, left out: ${left}`);
  const beyond = [...deleted].filter((index) => index >= position).length;
  if (beyond > 0) notes.push(`marks of deleted records that point at none: ${beyond}`);
  return { records, named, notes };
}

/** Lines of a catalog without what the end of a file that was not closed is filled with. */
function linesOf(text: string): string[] {
  const lines = text.replace(/[\0\s]+$/, '').split('\n');
  return lines.map((line) => line.trim());
}

const isCutOff = (line: string) => !line.endsWith('}');

/** Names of the pictures in a line that does not count. */
function picturesIn(line: string): string[] {
  try {
    const record = recordSchema.safeParse(JSON.parse(line));
    return record.success ? picturesOf(record.data) : [];
  } catch {
    return [];
  }
}

/** How many positions a catalog that is missing takes. */
async function recordsOfMissing(storage: FileStorage, path: string, usual: number): Promise<number> {
  const place = `${path}_manifest`;
  if (!(await storage.exists(place))) return usual;
  try {
    const about = parseJson(decodeText(await storage.read(place)), catalogManifestSchema, place);
    return about.line_lengths.length;
  } catch {
    return usual;
  }
}
