import { stat } from 'node:fs/promises';
import { readColumnsFile } from '../../../datasets/formats/columns/columns-file.ts';
import { adjustReadings, type ColumnReadings, withoutAdjustments } from '../../../datasets/formats/columns/readings.ts';
import { keepEdits, readEdits, refuseCutsBeyond } from '../../../datasets/formats/edits-file.ts';
import { findDropouts } from '../../../datasets/recording/dropouts.ts';
import { addCut, type Cut, mendDropouts, type RecordingEdits } from '../../../datasets/recording/edits.ts';
import type { FileStorage } from '../../../datasets/storage/storage.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { openRecordingFolder } from '../../machine/reading/open-recording.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';

/** What a person wants to be changed of a recording. The samples stay as they are stored. */
export interface EditOrder {
  /** Take all cuts, interpolations, scales, offsets and turned signs back first. */
  readonly restore?: boolean;
  /** Scales and offsets, which count instead of earlier ones, and signs to be turned round. */
  readonly columns?: ColumnReadings;
  /** What becomes of single values that fall away from their neighbours. */
  readonly dropouts?: 'interpolate' | 'cut';
  /** Samples to cut out, by the numbers that they are stored under. */
  readonly cuts?: readonly Cut[];
}

/** The edits of a recording as they are now. */
export interface EditedRecording {
  readonly edits: RecordingEdits;
  readonly columns: ColumnReadings;
  /** Dropouts that this call found. */
  readonly dropouts: number;
  /** As they are stored. */
  readonly samples: number;
}

/**
 * Keeps edits beside a recording of any format, where every command and the app find them. When something of the order is
 * refused, nothing is written but what `restore` takes back.
 * @param folder the recording's
 * @throws Refusal `no-folder` for a single file; `bad-edit` for a cut beyond the recording; and what opening it refuses
 */
export async function editRecording(folder: string, order: EditOrder): Promise<EditedRecording> {
  if ((await stat(folder).catch(() => undefined))?.isFile()) {
    const what = 'edits lie in the folder of a recording, and this is a file';
    throw new Refusal('no-folder', folder, what, 'import it with `wheelhouse import`, and edit the import');
  }
  const storage = new DiskStorage(folder);
  try {
    if (order.restore) await restore(storage);
    const before = await readEdits(storage);
    const columns = adjustReadings(await readColumnsFile(storage), order.columns);
    const whole = await openRecordingFolder(folder, { columns, cuts: [] });
    try {
      refuseCutsBeyond(order.cuts ?? [], whole.length, `${folder}: `, 'bad-edit');
      const found = order.dropouts === undefined ? [] : findDropouts(whole);
      const cut = { ...before, cuts: (order.cuts ?? []).reduce(addCut, before.cuts) };
      const edits = mendDropouts(cut, found, order.dropouts ?? 'interpolate');
      await keepEdits(storage, edits, columns);
      return { edits, columns, dropouts: found.length, samples: whole.length };
    } finally {
      await whole.close();
    }
  } finally {
    await storage.close();
  }
}

/** Takes everything back but the name and which column holds what; files that are damaged are emptied. */
async function restore(storage: FileStorage): Promise<void> {
  const { name } = await readEdits(storage).catch(() => ({ name: undefined }));
  const columns = await readColumnsFile(storage).catch(() => ({}));
  await keepEdits(storage, { cuts: [], ...(name !== undefined && { name }) }, withoutAdjustments(columns));
}
