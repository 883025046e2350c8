import { z } from 'zod';
import { metadataSchema } from '../../recording/metadata.ts';

/** Files of a recording in our own format; docs/recording-format.md describes them. */
export const METADATA_FILE = 'recording.json';
export const SAMPLES_FILE = 'samples.jsonl';
export const FORMAT_NAME = 'wheelhouse-recording';
export const FORMAT_VERSION = 1;

/** Camera names become file names. */
export const CAMERA_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Column names: words, with dots for `source.` fields; other characters are allowed after the first. */
export const COLUMN_NAME = /^[A-Za-z_][^\s"]{0,127}$/;

/** File that holds the pictures of a camera, one after the other. */
export const framesFile = (camera: string): string => `frames-${camera}.bin`;

/** Contents of `recording.json`. */
export const fileSchema = z.strictObject({
  format: z.literal(FORMAT_NAME),
  version: z.literal(FORMAT_VERSION),
  encoding: z.enum(['jpeg', 'png', 'raw']),
  metadata: metadataSchema,
});

/** One line of `samples.jsonl`. */
export interface SampleLine {
  time: number;
  /** True when this sample does not follow the one before it. */
  gap?: true;
  /** Column values that exist. */
  values: Record<string, number>;
  /** Per camera: offset and length in its file [bytes], CRC-32 of the picture. */
  frames: Record<string, readonly [offset: number, length: number, crc32: number]>;
}
