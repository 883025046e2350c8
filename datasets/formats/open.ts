import { Refusal } from '../../sim/refusal.ts';
import type { ImageCodec } from '../images/codec.ts';
import type { Recording } from '../recording/recording.ts';
import type { FileStorage } from '../storage/storage.ts';
import { subfolder } from '../storage/subfolder.ts';
import { refuseUnfinished } from '../writing/unfinished.ts';
import { namesColumns } from './columns/readings.ts';
import { commaResearch } from './comma-research/reader.ts';
import { comma2k19 } from './comma2k19/reader.ts';
import { deeptesla } from './deeptesla/reader.ts';
import { donkeycarTubV1 } from './donkeycar-tub/v1.ts';
import { donkeycarTub } from './donkeycar-tub/v2.ts';
import { EDITS_FILE } from './edits-file.ts';
import type { OpenOptions, RecordingFormat } from './format.ts';
import { lerobot } from './lerobot/reader.ts';
import { mcap } from './mcap/reader.ts';
import { openFormat } from './open-format.ts';
import { pictureTable } from './picture-table/reader.ts';
import { howToRead } from './picture-table/suggest.ts';
import { rosBag } from './ros-bag/reader.ts';
import { sullychen } from './sullychen/reader.ts';
import { telemetryCsv } from './telemetry-csv/reader.ts';
import { udacityChallenge2 } from './udacity-challenge2/reader.ts';
import { udacityTestDrive } from './udacity-challenge2/test-drive.ts';
import { udacitySimulator } from './udacity-simulator/reader.ts';
import { wheelhouse } from './wheelhouse/wheelhouse.ts';

/** All formats that can be read, in the order in which they are looked for. */
export const formats: readonly RecordingFormat[] = [
  wheelhouse,
  udacitySimulator,
  donkeycarTub,
  donkeycarTubV1,
  sullychen,
  udacityChallenge2,
  udacityTestDrive,
  deeptesla,
  lerobot,
  comma2k19,
  commaResearch,
  mcap,
  rosBag,
  telemetryCsv,
  pictureTable,
];

/** A recording that was found: its format and the folder that holds it. */
export interface FoundRecording {
  readonly format: RecordingFormat;
  readonly storage: FileStorage;
}

/**
 * Looks for a recording in a folder, judged by content; and when there is none, in its only subfolder, since archives
 * often unpack to one.
 * @param candidates formats to look for; all by default
 * @param asked whether a person asked for one of them by name
 */
export async function detectFormat(
  storage: FileStorage,
  candidates: readonly RecordingFormat[] = formats,
  asked = false,
): Promise<FoundRecording | undefined> {
  const isOne = (format: RecordingFormat, place: FileStorage) =>
    asked && format.canRead !== undefined ? format.canRead(place) : format.detect(place);
  for (const format of candidates) if (await isOne(format, storage)) return { format, storage };
  const folders = (await storage.list()).filter(({ kind, name }) => kind === 'folder' && !name.startsWith('.'));
  if (folders.length !== 1) return undefined;
  const inside = subfolder(storage, folders[0]!.name);
  for (const format of candidates) if (await isOne(format, inside)) return { format, storage: inside };
  return undefined;
}

/** A recording that was found and can be opened. */
export interface OpenableRecording {
  readonly format: RecordingFormat;
  /** Without what a person cut out of it. @throws Refusal of `openFormat` */
  open(codec: ImageCodec, options?: OpenOptions): Promise<Recording>;
}

/** What says which format a recording is to be read as. */
export interface WantedFormat extends Pick<OpenOptions, 'columns'> {
  readonly format?: string;
}

/**
 * Finds the recording that a storage holds.
 * @param wanted.format name of the format; detected by content when absent
 * @param known formats that there are
 * @throws Refusal `unknown-format`; `unfinished` where an import or export was stopped before its end
 */
export async function findRecording(
  storage: FileStorage,
  wantedFormat: WantedFormat = {},
  known: readonly RecordingFormat[] = formats,
): Promise<OpenableRecording> {
  const names = known.map((format) => format.name).join(', ');
  // Who names columns says that it is a table.
  const name = wantedFormat.format ?? (namesColumns(wantedFormat.columns) ? pictureTable.name : undefined);
  const wanted = known.filter((format) => name === undefined || format.name === name);
  if (wanted.length === 0) {
    throw new Refusal('unknown-format', `format ${JSON.stringify(name)}`, 'no such format', `use one of: ${names}`);
  }
  const found = await detectFormat(storage, wanted, name !== undefined);
  await refuseUnfinished(found?.storage ?? storage).catch(async (error) => {
    await storage.close();
    throw error;
  });
  if (found === undefined) {
    const what = `this is no recording ${name === undefined ? 'of a known format' : `of format ${name}`}`;
    const how = name === undefined ? `${await howToRead(storage)}; ` : '';
    const mend = `${how}known formats are: ${names}`;
    await storage.close();
    throw new Refusal('unknown-format', storage.name, what, mend);
  }
  return {
    format: found.format,
    async open(codec, options = {}) {
      // Edits may lie in the folder that was given, or in its only subfolder with the recording.
      const beside = (await storage.exists(EDITS_FILE)) ? storage : found.storage;
      const recording = await openFormat(found.format, found.storage, codec, options, beside).catch(async (error) => {
        await storage.close();
        throw error;
      });
      return found.storage === storage ? recording : { ...recording, close: () => closeBoth(recording, storage) };
    },
  };
}

async function closeBoth(recording: Recording, storage: FileStorage): Promise<void> {
  await recording.close();
  await storage.close();
}

/**
 * Opens a recording of any known format.
 * @param options.format name of the format; detected by content when absent
 * @param known formats that there are
 * @throws Refusal `unknown-format`, and what the format's reader refuses
 */
export async function openAnyRecording(
  storage: FileStorage,
  codec: ImageCodec,
  options: OpenOptions & WantedFormat = {},
  known: readonly RecordingFormat[] = formats,
): Promise<Recording> {
  const found = await findRecording(storage, options, known);
  return found.open(codec, options);
}
