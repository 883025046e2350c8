import { Refusal } from '../../sim/refusal.ts';
import type { ImageCodec } from '../images/codec.ts';
import type { Recording } from '../recording/recording.ts';
import type { FileStorage } from '../storage/storage.ts';
import type { OpenOptions, RecordingFormat } from './format.ts';
import { udacitySimulator } from './udacity-simulator/reader.ts';
import { wheelhouse } from './wheelhouse/wheelhouse.ts';

/** All formats that can be read, in the order in which they are looked for. */
export const formats: readonly RecordingFormat[] = [wheelhouse, udacitySimulator];

/** The format of a folder, judged by its content; undefined when none fits. */
export async function detectFormat(storage: FileStorage): Promise<RecordingFormat | undefined> {
  for (const format of formats) if (await format.detect(storage)) return format;
  return undefined;
}

/**
 * Opens a recording of any known format.
 * @param options.format name of the format; detected by content when absent
 * @throws Refusal `unknown-format`, and what the format's reader refuses
 */
export async function openAnyRecording(
  storage: FileStorage,
  codec: ImageCodec,
  options: OpenOptions & { readonly format?: string } = {},
): Promise<Recording> {
  const names = formats.map((format) => format.name).join(', ');
  if (options.format !== undefined) {
    const named = formats.find((format) => format.name === options.format);
    if (named !== undefined) return named.open(storage, codec, options);
    throw new Refusal(
      'unknown-format',
      `format ${JSON.stringify(options.format)}`,
      'no such format',
      `use one of: ${names}`,
    );
  }
  const found = await detectFormat(storage);
  if (found !== undefined) return found.open(storage, codec, options);
  throw new Refusal('unknown-format', storage.name, 'this is no recording of a known format', `known are: ${names}`);
}
