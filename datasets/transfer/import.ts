import { Refusal } from '../../sim/refusal.ts';
import { framesFile, METADATA_FILE, SAMPLES_FILE } from '../formats/wheelhouse/layout.ts';
import { openRecording } from '../formats/wheelhouse/reader.ts';
import { createRecordingWriter } from '../formats/wheelhouse/writer.ts';
import type { ImageCodec } from '../images/codec.ts';
import { bytesOf, hashHex } from '../recording/hash.ts';
import type { RecordingMetadata } from '../recording/metadata.ts';
import { type EncodedFrame, type Recording, sliceRecording } from '../recording/recording.ts';
import type { FileStorage } from '../storage/storage.ts';
import { pictureLosses, storedKinds } from '../writing/losses.ts';
import {
  JPEG_OR_PNG,
  ONLY_JPEG,
  type PictureChoice,
  picturedSamples,
  Stopped,
  type TransferOptions,
  type TransferResult,
} from '../writing/samples.ts';
import { removeTemporary, UNFINISHED_FILE } from '../writing/unfinished.ts';

/** Name of the column that tells which sample of the source a sample came from, so that an import can be resumed. */
const ORIGIN = 'source.index';

export interface ImportOptions extends TransferOptions {
  /** Whether pictures stay as they are, byte for byte, or are all stored as JPEG or PNG. Default `keep`. */
  readonly pictures?: 'keep' | 'jpeg' | 'png';
}

/**
 * Copies a recording of any format into our own. An import that was stopped goes on where it stopped when it is started
 * again with the same source and target; until its end a marker in the folder keeps readers away.
 * @param storage an empty folder, or one with an unfinished import of the same source
 * @throws Refusal for the first bad sample (unless they are skipped); what this call wrote into an empty folder is then
 *   removed. `recording-exists` when the folder holds another recording.
 */
export async function importRecording(
  recording: Recording,
  storage: FileStorage,
  codec: ImageCodec,
  options: ImportOptions = {},
): Promise<TransferResult> {
  const { metadata } = recording;
  const { name, format } = metadata;
  const choice = await pictureChoice(recording, options.pictures ?? 'keep');
  const lost = await pictureLosses(recording, choice);
  const about = `${JSON.stringify({ import: name, format, cuts: recording.cuts, columns: hashOf(recording) })}\n`;
  const resumed = await findResumed(recording, storage, codec, about);
  if (resumed !== undefined) await removeTemporary(storage);
  await storage.write(UNFINISHED_FILE, about);
  const writer = await createRecordingWriter(
    storage,
    {
      ...metadata,
      ...(metadata.format !== 'wheelhouse' && { importedFrom: importedFrom(recording) }),
    },
    codec,
    { append: resumed !== undefined, follows: true, encoding: choice.encodeAs },
  );
  const skipped = [...recording.skipped];
  const result = (complete: boolean): TransferResult => {
    return { samples: (resumed?.samples ?? 0) + writer.count, skipped, lost, complete };
  };
  try {
    if (resumed !== undefined) await listSkipped(recording, codec, resumed.missing, choice, options, skipped);
    const from = resumed?.next ?? 0;
    if (from > 0) options.onResumed?.(from);
    for await (const { index, gap, pictures } of picturedSamples(recording, codec, choice, options, skipped, {
      from,
    })) {
      const values: Record<string, number> = { [ORIGIN]: index };
      for (const [name, column] of Object.entries(recording.columns)) {
        if (name !== 'time' && name !== ORIGIN) values[name] = column![index]!;
      }
      const frames = pictures as Readonly<Record<string, EncodedFrame>>;
      await writer.append({ time: recording.columns.time[index]!, values, frames, gap });
    }
    await writer.close();
    await storage.remove(UNFINISHED_FILE);
    return result(true);
  } catch (error) {
    await writer.close().catch(() => undefined);
    if (error instanceof Stopped) return result(false);
    if (resumed === undefined) await removeRecording(storage, Object.keys(metadata.cameras));
    throw error;
  }
}

/** `keep` leaves JPEG and PNG as they are; only what has no bytes of its own, as in a video, is encoded. */
async function pictureChoice(recording: Recording, wanted: ImportOptions['pictures']): Promise<PictureChoice> {
  if (wanted === 'jpeg') return ONLY_JPEG;
  if (wanted === 'png') return { keep: ['png'], encodeAs: 'png' };
  const kinds = await storedKinds(recording);
  return { ...JPEG_OR_PNG, encodeAs: kinds[0]?.type === 'png' ? 'png' : 'jpeg' };
}

/** What an import keeps of its source, with what was told as it was read. */
function importedFrom({ metadata, notes }: Recording): NonNullable<RecordingMetadata['importedFrom']> {
  return { format: metadata.format, name: metadata.name, ...(notes.length > 0 && { notes: [...notes] }) };
}

/** Finds out again why an earlier run left samples out. */
async function listSkipped(
  recording: Recording,
  codec: ImageCodec,
  missing: readonly number[],
  choice: PictureChoice,
  options: TransferOptions,
  skipped: string[],
): Promise<void> {
  const { signal } = options;
  for (const index of missing) {
    const one = sliceRecording(recording, index, index + 1);
    const found = picturedSamples(one, codec, choice, { skipBad: true, ...(signal && { signal }) }, skipped);
    for await (const _ of found);
  }
}

async function findResumed(
  recording: Recording,
  storage: FileStorage,
  codec: ImageCodec,
  about: string,
): Promise<{ samples: number; next: number; missing: number[] } | undefined> {
  if (!(await storage.exists(METADATA_FILE))) return undefined;
  await refuseOtherSource(storage, about);
  const there = await openRecording(storage, codec);
  await there.close();
  const origin = there.columns[ORIGIN];
  const { length } = there;
  const same = there.metadata.name === recording.metadata.name && (length === 0 || origin !== undefined);
  const next = length === 0 ? 0 : origin![length - 1]! + 1;
  if (
    !same ||
    !(next <= recording.length) ||
    (length > 0 && there.columns.time[length - 1] !== recording.columns.time[next - 1])
  ) {
    throw new Refusal(
      'recording-exists',
      `${storage.name}/${METADATA_FILE}`,
      'the folder holds another recording',
      'choose another folder',
    );
  }
  const missing: number[] = [];
  for (let index = 0, k = 0; index < next; index++) {
    if (origin![k] === index) k++;
    else missing.push(index);
  }
  return { samples: length, next, missing };
}

/** Tells the same samples read in another way, e.g. with the sign of a column turned round. */
function hashOf({ columns }: Recording): string {
  return hashHex(Object.values(columns).map((column) => bytesOf(column!)));
}

/** @throws Refusal where an import was begun that left other samples out, or read them in another way */
async function refuseOtherSource(storage: FileStorage, about: string): Promise<void> {
  if (!(await storage.exists(UNFINISHED_FILE))) return;
  const read = (text: string) => JSON.parse(text) as { readonly cuts?: unknown; readonly columns?: unknown };
  const begun = read(new TextDecoder().decode(await storage.read(UNFINISHED_FILE)));
  const now = read(about);
  const refuse = (since: string): never => {
    const what = `an import into it was stopped, and since then ${since}`;
    throw new Refusal('recording-exists', storage.name, what, 'choose another folder');
  };
  if (JSON.stringify(begun.cuts ?? []) !== JSON.stringify(now.cuts)) refuse('something else is cut out of the source');
  if (begun.columns !== undefined && begun.columns !== now.columns) refuse('the source is read in another way');
}

async function removeRecording(storage: FileStorage, cameras: readonly string[]): Promise<void> {
  for (const file of [UNFINISHED_FILE, METADATA_FILE, SAMPLES_FILE, ...cameras.map(framesFile)])
    await storage.remove(file);
}
