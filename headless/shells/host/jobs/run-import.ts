import { sortedByTime, splitByClock } from '../../../../datasets/recording/by-clock.ts';
import { samplesCut } from '../../../../datasets/recording/edits.ts';
import type { Recording } from '../../../../datasets/recording/recording.ts';
import { importRecording } from '../../../../datasets/transfer/import.ts';
import type { TransferResult } from '../../../../datasets/writing/samples.ts';
import { counted } from '../../../../sim/counted.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { createSharpCodec } from '../../../machine/images/sharp-codec.ts';
import type { LaunchChild } from '../../../machine/processes/child.ts';
import { openRecordingFolder } from '../../../machine/reading/open-recording.ts';
import { writeName } from '../library/about.ts';
import type { Library } from '../library/library.ts';
import type { ImportTask, JobProgress, JobRunner } from './job-list.ts';

/** Pages are told of progress this often [samples]. */
const STRIDE = 25;

/**
 * Turns what was uploaded, lies in a folder, or is in the library, into recordings of our own format. Bad samples are left
 * out, and counted in the note, unless the task says otherwise.
 * @throws Refusal `unknown-format`, `empty-recording`, and what the format's reader refuses
 */
export function importRunner(launch: LaunchChild): JobRunner<ImportTask> {
  return async (task, library, say, signal) => {
    say({ completed: null, note: 'reading' });
    const { name, format, columns, skipBad = true } = task;
    const options = {
      skipBad,
      badPictures: [],
      name,
      ...(format !== undefined && { format }),
      ...(columns !== undefined && { columns }),
    };
    const recording = await openRecordingFolder(placeOf(task, library), options, launch);
    const imported: ImportedPart[] = [];
    try {
      const named = { ...recording, metadata: { ...recording.metadata, name } };
      const whole = task.clock === 'sort' ? sortedByTime(named) : named;
      for (const part of task.clock === 'split' ? splitByClock(whole) : [whole]) {
        imported.push(await importPart(part, task, library, say, signal));
      }
      if (task.draft !== undefined) await library.remove('drafts', task.draft);
      return { results: imported.map(({ id }) => id), note: noteOf(whole, imported) };
    } catch (error) {
      for (const { id } of imported) await library.remove('recordings', id).catch(() => undefined);
      throw error;
    } finally {
      await recording.close();
    }
  };
}

function placeOf(task: ImportTask, library: Library): string {
  if ('place' in task) return task.place;
  return task.draft !== undefined
    ? library.pathOf('drafts', task.draft)
    : library.pathOf('recordings', task.recording!);
}

interface ImportedPart extends TransferResult {
  readonly id: string;
}

async function importPart(
  part: Recording,
  { skipBad = true, pictures = 'keep' }: ImportTask,
  library: Library,
  say: (progress: JobProgress) => void,
  signal: AbortSignal,
): Promise<ImportedPart> {
  const { name } = part.metadata;
  const draft = await library.createDraft();
  try {
    const files = await library.files('drafts', draft);
    const result = await importRecording(part, files, createSharpCodec(), {
      skipBad,
      pictures,
      signal,
      onProgress({ done, total }) {
        if (done % STRIDE === 0) say({ completed: done / total, note: `${done} of ${total} samples` });
      },
    });
    signal.throwIfAborted();
    if (result.samples === 0) {
      throw new Refusal(
        'empty-recording',
        name,
        result.skipped[0] ?? 'it has no samples',
        'drop one with samples in it',
      );
    }
    await writeName(files, name);
    return { ...result, id: await library.publish(draft, 'recordings', name) };
  } catch (error) {
    await library.remove('drafts', draft).catch(() => undefined);
    throw error;
  }
}

/** What was left out and changed, and what its reader says of it; one line, empty where there is nothing. */
function noteOf({ cuts, notes }: Recording, imported: readonly ImportedPart[]): string {
  const cut = samplesCut(cuts);
  const skipped = [...new Set(imported.flatMap((part) => part.skipped))];
  const lost = new Set(imported.flatMap((part) => part.lost));
  return [
    ...(cut > 0 ? [`${counted(cut, 'sample')} left out that ${cut === 1 ? 'was' : 'were'} cut out of it`] : []),
    ...(skipped.length > 0 ? [`${counted(skipped.length, 'sample')} left out, the first: ${skipped[0]}`] : []),
    ...lost,
    ...notes,
  ].join('; ');
}
