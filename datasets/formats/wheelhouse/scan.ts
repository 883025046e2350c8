import { parseJson, parseOrRefuse } from '../../../sim/parse.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { ColumnBuilder } from '../../recording/column-builder.ts';
import type { RecordingMetadata } from '../../recording/metadata.ts';
import type { Columns, EncodedFrame } from '../../recording/recording.ts';
import { completeLines } from '../../storage/lines.ts';
import type { FileStorage } from '../../storage/storage.ts';
import {
  CAMERA_NAME,
  COLUMN_NAME,
  fileSchema,
  framesFile,
  METADATA_FILE,
  SAMPLES_FILE,
  type SampleLine,
} from './layout.ts';

/** Where the pictures of one camera lie, by sample; a length of 0 means that the sample has none. */
export interface FrameIndex {
  readonly offset: Float64Array;
  readonly length: Float64Array;
  readonly crc: Float64Array;
}

/** Everything about a stored recording but its pictures. */
export interface ScannedRecording {
  readonly metadata: RecordingMetadata;
  readonly encoding: EncodedFrame['type'];
  readonly columns: Columns;
  readonly breaks: readonly number[];
  readonly frames: Readonly<Record<string, FrameIndex>>;
  /** Bytes of the sample file up to the end of the last whole sample. */
  readonly samplesEnd: number;
  /** Bytes of each camera's file up to the end of the last picture of a whole sample. */
  readonly framesEnd: Readonly<Record<string, number>>;
}

/**
 * Reads the metadata and all samples. What a crash left behind at the end is ignored: an incomplete last line, and last
 * samples whose pictures were not written to their end.
 * @throws Refusal `bad-recording` naming file, line and field
 */
export async function scanRecording(storage: FileStorage): Promise<ScannedRecording> {
  const { metadata, encoding } = await readMetadata(storage);
  const cameras = Object.keys(metadata.cameras);
  const available: Record<string, number> = {};
  for (const camera of cameras) {
    const path = framesFile(camera);
    available[camera] = (await storage.exists(path)) ? await storage.size(path) : 0;
  }
  const columns = new ColumnBuilder();
  const places = new ColumnBuilder();
  const breaks: number[] = [];
  const framesEnd: Record<string, number> = Object.fromEntries(cameras.map((camera) => [camera, 0]));
  let samplesEnd = 0;
  let torn: { line: number; camera: string } | undefined;
  const hasSamples = await storage.exists(SAMPLES_FILE);
  for await (const lines of hasSamples ? completeLines(storage, SAMPLES_FILE) : []) {
    for (const { text, number, end } of lines) {
      const sample = parseLine(storage.name, text, number, available);
      const short = Object.entries(sample.frames).find(([camera, [at, size]]) => at + size > available[camera]!);
      if (short !== undefined) {
        torn ??= { line: number, camera: short[0] };
        continue;
      }
      if (torn !== undefined) {
        throw badLine(storage.name, torn.line, `frames.${torn.camera}`, 'the picture lies beyond the end of its file');
      }
      if (sample.gap === true) breaks.push(columns.length);
      columns.next(sample.time);
      for (const [name, value] of Object.entries(sample.values)) columns.set(name, value);
      places.next(0);
      for (const [camera, [at, size, crc]] of Object.entries(sample.frames)) {
        places.set(`${camera} offset`, at);
        places.set(`${camera} length`, size);
        places.set(`${camera} crc`, crc);
        framesEnd[camera] = Math.max(framesEnd[camera]!, at + size);
      }
      samplesEnd = end;
    }
  }
  const placed = places.finish();
  const none = () => new Float64Array(columns.length).fill(Number.NaN);
  const frames: Record<string, FrameIndex> = {};
  for (const camera of cameras) {
    frames[camera] = {
      offset: placed[`${camera} offset`] ?? none(),
      length: placed[`${camera} length`] ?? none(),
      crc: placed[`${camera} crc`] ?? none(),
    };
  }
  return { metadata, encoding, columns: columns.finish(), breaks, frames, samplesEnd, framesEnd };
}

/** Reads `recording.json`. @throws Refusal `missing-file`, `bad-recording` */
export async function readMetadata(storage: FileStorage) {
  const where = `${storage.name}/${METADATA_FILE}`;
  const json = parseJson(await storage.read(METADATA_FILE), { code: 'bad-recording', where, mend: 'restore the file' });
  const file = parseOrRefuse(fileSchema, json, { code: 'bad-recording', where, mend: 'mend the field' });
  const odd = Object.keys(file.metadata.cameras).find((camera) => !CAMERA_NAME.test(camera));
  if (odd !== undefined) {
    throw new Refusal(
      'bad-recording',
      `${where}: metadata.cameras`,
      `${JSON.stringify(odd)} is no camera name`,
      'use letters, digits, dots, dashes and underscores',
    );
  }
  return file;
}

function badLine(name: string, line: number, field: string, what: string): Refusal {
  return new Refusal(
    'bad-recording',
    `${name}/${SAMPLES_FILE}:${line}${field === '' ? '' : `: ${field}`}`,
    what,
    'mend or delete this line',
  );
}

// Checked by hand instead of by a schema: a recording may have millions of lines.
function parseLine(name: string, text: string, number: number, cameras: Record<string, number>): SampleLine {
  let line: Partial<SampleLine> | null;
  try {
    line = JSON.parse(text);
  } catch (error) {
    const field = /"([^"]+)"\s*:\s*-?(?:NaN|Infinity|nan|inf)\b/.exec(text)?.[1];
    if (field !== undefined) throw badLine(name, number, field, 'the value is not a finite number');
    throw badLine(name, number, '', `the line is no JSON (${(error as Error).message})`);
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line))
    throw badLine(name, number, '', 'no JSON object');
  if (typeof line.time !== 'number') throw badLine(name, number, 'time', 'the time is missing or no number');
  if (line.gap !== undefined && line.gap !== true) throw badLine(name, number, 'gap', 'must be true or absent');
  const { values, frames } = line;
  if (!isObject(values)) throw badLine(name, number, 'values', 'must be an object of numbers');
  for (const column in values) {
    if (!COLUMN_NAME.test(column) || column === 'time')
      throw badLine(name, number, `values.${column}`, 'no column name');
    if (typeof values[column] !== 'number') throw badLine(name, number, `values.${column}`, 'must be a number');
  }
  if (!isObject(frames)) throw badLine(name, number, 'frames', 'must be an object, by camera');
  for (const camera in frames) {
    const place = frames[camera];
    if (!Object.hasOwn(cameras, camera))
      throw badLine(name, number, `frames.${camera}`, 'no such camera in recording.json');
    if (
      !Array.isArray(place) ||
      place.length !== 3 ||
      !place.every((part) => Number.isSafeInteger(part) && part >= 0)
    ) {
      throw badLine(name, number, `frames.${camera}`, 'must be [offset, length, crc32]');
    }
    if (place[1] === 0) throw badLine(name, number, `frames.${camera}`, 'the picture has no bytes');
  }
  return line as SampleLine;
}

function isObject<T>(value: T | undefined): value is T {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
