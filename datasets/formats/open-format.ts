import { counted } from '../../sim/counted.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { ImageCodec } from '../images/codec.ts';
import { withoutBadPictures } from '../recording/bad-pictures.ts';
import type { Interpolated } from '../recording/edits.ts';
import { interpolate } from '../recording/interpolate.ts';
import { nameOfPlace, withoutFolders } from '../recording/names.ts';
import type { Recording } from '../recording/recording.ts';
import { withoutCuts } from '../recording/without-cuts.ts';
import type { FileStorage } from '../storage/storage.ts';
import { withReadings } from './columns/apply.ts';
import { readColumnsFile } from './columns/columns-file.ts';
import { type ColumnReadings, joinReadings } from './columns/readings.ts';
import { EDITS_FILE, readEdits, refuseCutsBeyond, refuseWrongInterpolation } from './edits-file.ts';
import type { OpenOptions, RecordingFormat } from './format.ts';

/**
 * Opens a recording of a known format, its columns as a person says, without the samples that were cut out of it and, where
 * bad samples are to be skipped, without any that is bad, whether its fault lies in a table or in a picture.
 * @param storage stays open when this throws
 * @param beside the folder where a person's edits and `columns.json` may lie
 * @throws Refusal of the format's reader; `bad-recording` for edits that are damaged or reach beyond the recording
 */
export async function openFormat(
  format: RecordingFormat,
  storage: FileStorage,
  codec: ImageCodec,
  options: OpenOptions = {},
  beside: FileStorage = storage,
): Promise<Recording> {
  const { interpolated = [], ...edits } = await readEdits(beside);
  const cuts = options.cuts ?? edits.cuts;
  const columns = await columnsOf(storage, beside, options);
  const whole = withReadings(await format.open(storage, codec, { ...options, columns }), columns);
  const where = `${beside.name}/${EDITS_FILE}: `;
  refuseCutsBeyond(cuts, whole.length, where);
  refuseWrongInterpolation(interpolated, whole, where);
  if (cuts.length > 0 || interpolated.length > 0) refuseSkipped(whole, where);
  const described = describe(interpolate(whole, interpolated), interpolated, format.name, options);
  const kept = withoutCuts(described, cuts);
  return options.skipBad ? withoutBadPictures(kept, options.badPictures) : kept;
}

/** Edits count all samples. */
function refuseSkipped({ skipped }: Recording, where: string): void {
  if (skipped.length === 0) return;
  const what = `edits count all samples, and ${counted(skipped.length, 'bad one is', 'bad ones are')} left out`;
  throw new Refusal('bad-recording', `${where}cuts`, what, 'mend the bad samples, or import it and edit the import');
}

/**
 * The recording under a name that gives no folders away, with notes of what is interpolated or assumed and which labels are
 * missing.
 */
function describe(
  recording: Recording,
  interpolated: readonly Interpolated[],
  readAs: string,
  { rate }: OpenOptions,
): Recording {
  const { metadata } = recording;
  const name = readAs === 'wheelhouse' ? withoutFolders(metadata.name) : nameOfPlace(metadata.name);
  const notes = [...recording.notes];
  if (metadata.timeSource === 'assumed-rate' && readAs !== 'wheelhouse' && rate === undefined)
    notes.push(
      `nothing tells its times: ${Number(metadata.rate.toFixed(2))} samples a second are assumed, unless --rate says otherwise`,
    );
  const values = interpolated.reduce((sum, { start, end }) => sum + end - start, 0);
  if (values > 0) notes.push(`${counted(values, 'value is', 'values are')} interpolated as ${EDITS_FILE} says`);
  const missing = withoutSteering(recording);
  if (missing !== undefined) notes.push(missing);
  return { ...recording, notes, metadata: { ...metadata, name } };
}

/** That some or all samples have no steering angle. */
function withoutSteering({ columns, length }: Recording): string | undefined {
  if (length === 0) return undefined;
  const missing = columns.steeringAngle?.reduce((count, angle) => count + (Number.isNaN(angle) ? 1 : 0), 0) ?? length;
  if (missing === 0) return undefined;
  if (missing < length) return `${missing} of ${length} samples have no steering angle`;
  return 'no sample has a steering angle, so nothing can be learned from it';
}

/** What is said in the folders and by whoever opens it; the latter counts. */
async function columnsOf(storage: FileStorage, beside: FileStorage, options: OpenOptions): Promise<ColumnReadings> {
  const outside = beside === storage ? undefined : await readColumnsFile(beside);
  return joinReadings(outside, await readColumnsFile(storage), options.columns);
}
