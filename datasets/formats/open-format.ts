import { Refusal } from '../../sim/refusal.ts';
import type { ImageCodec } from '../images/codec.ts';
import type { Cut } from '../recording/edits.ts';
import type { Recording } from '../recording/recording.ts';
import { withoutCuts } from '../recording/without-cuts.ts';
import type { FileStorage } from '../storage/storage.ts';
import { withReadings } from './columns/apply.ts';
import { readColumnsFile } from './columns/columns-file.ts';
import { type ColumnReadings, joinReadings } from './columns/readings.ts';
import { EDITS_FILE, readEdits, refuseCutsBeyond } from './edits-file.ts';
import type { OpenOptions, RecordingFormat } from './format.ts';

/**
 * Opens a recording of a known format, its columns as a person says, without the samples that were cut out of it.
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
  const cuts = options.cuts ?? (await readEdits(beside)).cuts;
  const columns = await columnsOf(storage, beside, options);
  const whole = withReadings(await format.open(storage, codec, { ...options, columns }), columns);
  refuseWrongCuts(whole, cuts, `${beside.name}/${EDITS_FILE}`);
  return withoutCuts(whole, cuts);
}

function refuseWrongCuts({ skipped, length }: Recording, cuts: readonly Cut[], where: string): void {
  refuseCutsBeyond(cuts, length, `${where}: `);
  if (cuts.length === 0 || skipped.length === 0) return;
  const what = `cuts count all samples, and ${skipped.length} bad ones are left out`;
  throw new Refusal('bad-recording', `${where}: cuts`, what, 'mend the bad samples, or import it and cut the import');
}

/** What is said in the folders and by whoever opens it; the latter counts. */
async function columnsOf(storage: FileStorage, beside: FileStorage, options: OpenOptions): Promise<ColumnReadings> {
  const outside = beside === storage ? undefined : await readColumnsFile(beside);
  return joinReadings(outside, await readColumnsFile(storage), options.columns);
}
