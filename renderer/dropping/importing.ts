import { signal } from '@preact/signals';
import type { ColumnReadings } from '../../datasets/formats/columns/readings.ts';
import { hasEnded } from '../../host-api/client.ts';
import type { Job, NewImport } from '../../host-api/contract.ts';
import { host } from '../host/host.ts';
import { recordings } from '../host/library.ts';
import { tell, tellFailure } from '../shell/toasts.tsx';
import type { DroppedFile, DroppedThing } from './dropped-files.ts';
import { askForColumns, importChoices, rememberedColumns } from './import-choices.ts';

/** An import under way. */
export interface Importing {
  readonly name: string;
  /** Share that is done, 0 to 1; null where it is not known. */
  readonly completed: number | null;
  readonly note: string;
}

export const importing = signal<readonly Importing[]>([]);

/** Bytes read and sent at a time; a file may be larger than the memory of a page. */
const PIECE = 8 * 1024 * 1024;

/**
 * Uploads what was dropped and has the host read it, whatever its format, and asks what the columns of a table hold where
 * that is what it lacks.
 * @param columns how they are read; default: as a person said of a table with the same header before
 * @returns ids of the new recordings
 */
export async function importFiles(thing: DroppedThing, columns?: ColumnReadings): Promise<readonly string[]> {
  const { name, files } = thing;
  const readings = columns ?? (await rememberedColumns(thing));
  const upTo = async (show: Show): Promise<Prepared> => {
    show(0, 'Uploading');
    const draft = await upload(files, (share) => show(share / 2, 'Uploading'));
    const order = { draft, name, ...importChoices.value, ...(readings !== undefined && { columns: readings }) };
    return { order, uploaded: 0.5 };
  };
  return follow(name, upTo, (code, why) => askForColumns(thing, code, why));
}

/** Makes other recordings of one of the library, which stays. @returns their ids */
export function importAgain(order: NewImport & { recording: string }): Promise<readonly string[]> {
  return follow(order.name, async () => ({ order, uploaded: 0 }));
}

/** What the host is to import, and the share of all the work that was done before. */
interface Prepared {
  readonly order: NewImport;
  readonly uploaded: number;
}

type Show = (completed: number | null, note: string) => void;

/**
 * Shows an import while it goes on, and tells its end.
 * @param onRefused whether what the host refuses is taken care of, so that nothing more is to be told
 * @returns ids of the new recordings; none when it failed
 */
async function follow(
  name: string,
  prepare: (show: Show) => Promise<Prepared>,
  onRefused?: (code: string | undefined, why: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const show: Show = (completed, note) => {
    importing.value = [...importing.value.filter((other) => other.name !== name), { name, completed, note }];
  };
  try {
    const { order, uploaded } = await prepare(show);
    const started = await host.startImport(order);
    let job: Job = started;
    for await (const now of host.watchJob(started.id)) {
      job = now;
      show(now.completed === null ? null : uploaded + (1 - uploaded) * now.completed, now.note || 'Reading');
      if (hasEnded(now)) break;
    }
    if (job.state === 'failed') {
      const why = job.error?.message ?? 'the import failed';
      if (await onRefused?.(job.error?.code, why)) return [];
      throw new Error(why);
    }
    const many = job.results.length > 1 ? `${job.results.length} recordings of ` : '';
    tell(job.note === '' ? `Imported ${many}“${name}”.` : `Imported ${many}“${name}”: ${job.note}`);
    await recordings.refresh();
    return job.results;
  } catch (error) {
    // What the host refuses says itself what to do.
    if (error instanceof Error) tell(error.message, 'danger');
    else tellFailure(error);
    return [];
  } finally {
    importing.value = importing.value.filter((other) => other.name !== name);
  }
}

/** Sends files to the host. @returns the draft that holds them */
export async function upload(
  files: readonly DroppedFile[],
  onShare: (share: number) => void = () => undefined,
): Promise<string> {
  const { id } = await host.createDraft();
  const storage = host.files('drafts', id);
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  let sent = 0;
  for (const { path, file } of files) {
    if (file.size <= PIECE) await storage.write(path, new Uint8Array(await file.arrayBuffer()));
    else {
      const handle = await storage.openAppend(path);
      for (let at = 0; at < file.size; at += PIECE) {
        await handle.append(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
      }
      await handle.close();
    }
    sent += file.size;
    onShare(total === 0 ? 1 : sent / total);
  }
  return id;
}
