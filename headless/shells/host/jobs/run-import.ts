import { samplesCut } from '../../../../datasets/recording/edits.ts';
import { importRecording } from '../../../../datasets/transfer/import.ts';
import { counted } from '../../../../sim/counted.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { createSharpCodec } from '../../../machine/images/sharp-codec.ts';
import type { LaunchChild } from '../../../machine/processes/child.ts';
import { openRecordingFolder } from '../../../machine/reading/open-recording.ts';
import { writeName } from '../library/about.ts';
import type { ImportTask, JobRunner } from './job-list.ts';

/** Pages are told of progress this often [samples]. */
const STRIDE = 25;

/**
 * Turns what was uploaded, or lies in a folder, into a recording of our own format. Bad samples are left out, and counted in the note.
 * @throws Refusal `unknown-format`, `empty-recording`, and what the format's reader refuses
 */
export function importRunner(launch: LaunchChild): JobRunner<ImportTask> {
  return async (task, library, say, signal) => {
    const codec = createSharpCodec();
    const place = 'place' in task ? task.place : library.pathOf('drafts', task.draft);
    say({ completed: null, note: 'reading' });
    const options = {
      skipBad: true,
      badPictures: [],
      name: task.name,
      ...(task.format !== undefined && { format: task.format }),
    };
    const recording = await openRecordingFolder(place, options, launch);
    const draft = await library.createDraft();
    try {
      const files = await library.files('drafts', draft);
      const named = { ...recording, metadata: { ...recording.metadata, name: task.name } };
      const { samples, skipped } = await importRecording(named, files, codec, {
        skipBad: true,
        signal,
        onProgress({ done, total }) {
          if (done % STRIDE === 0) say({ completed: done / total, note: `${done} of ${total} samples` });
        },
      });
      signal.throwIfAborted();
      if (samples === 0) {
        throw new Refusal(
          'empty-recording',
          task.name,
          skipped[0] ?? 'it has no samples',
          'drop one with samples in it',
        );
      }
      await writeName(files, task.name);
      const id = await library.publish(draft, 'recordings', task.name);
      if ('draft' in task) await library.remove('drafts', task.draft);
      const cut = samplesCut(recording.cuts);
      const notes = [
        ...(cut > 0 ? [`${counted(cut, 'sample')} left out that ${cut === 1 ? 'was' : 'were'} cut out of it`] : []),
        ...(skipped.length > 0 ? [`${counted(skipped.length, 'sample')} left out, the first: ${skipped[0]}`] : []),
        ...recording.notes,
      ];
      return { results: [id], note: notes.join('; ') };
    } catch (error) {
      await library.remove('drafts', draft).catch(() => undefined);
      throw error;
    } finally {
      await recording.close();
    }
  };
}
