import { Hono } from 'hono';
import { COLUMNS_FILE, readColumnsFile } from '../../../../datasets/formats/columns/columns-file.ts';
import {
  EDITS_FILE,
  keepEdits,
  readEdits,
  refuseCutsBeyond,
  refuseWrongInterpolation,
} from '../../../../datasets/formats/edits-file.ts';
import { framesFile, METADATA_FILE, SAMPLES_FILE } from '../../../../datasets/formats/wheelhouse/layout.ts';
import { readMetadata, scanRecording } from '../../../../datasets/formats/wheelhouse/scan.ts';
import { samplesCut } from '../../../../datasets/recording/edits.ts';
import type { Recording } from '../../../../datasets/recording/recording.ts';
import type { FileStorage } from '../../../../datasets/storage/storage.ts';
import {
  newRecordingSchema,
  type RecordingChanges,
  type RecordingDetails,
  type RecordingEntry,
  recordingChangesSchema,
} from '../../../../host-api/contract.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { measureFolder, readName, writeName } from '../library/about.ts';
import type { Library } from '../library/library.ts';
import { thumbnail } from '../library/thumbnail.ts';
import { readBody } from './body.ts';

export function recordingsApi(library: Library): Hono {
  const api = new Hono();

  api.get('/', async (context) => {
    const ids = await library.ids('recordings');
    return context.json({ recordings: await Promise.all(ids.map((id) => entryOf(library, id))) });
  });

  api.post('/', async (context) => {
    const { name } = await readBody(context, newRecordingSchema);
    const id = await library.create('recordings', name);
    await writeName(await library.files('recordings', id), name);
    return context.json({ id }, 201);
  });

  api.get('/:id', async (context) => context.json(await detailsOf(library, context.req.param('id'))));

  // Every append has been put on the disk already; closing only says what there is now.
  api.post('/:id/close', async (context) => context.json(await detailsOf(library, context.req.param('id'))));

  api.put('/:id/edits', async (context) => {
    const id = context.req.param('id');
    const files = await library.files('recordings', id);
    const { columns = {}, ...edits } = await readBody(context, recordingChangesSchema);
    // Whatever edits are there now, they may be damaged.
    if (edits.cuts.length > 0 || edits.interpolated !== undefined) {
      const stored = await columnsOf(files);
      refuseCutsBeyond(edits.cuts, stored.length, '', 'bad-request');
      refuseWrongInterpolation(edits.interpolated ?? [], stored, '', 'bad-request');
    }
    await keepEdits(files, edits, columns);
    return context.json(await detailsOf(library, id));
  });

  api.get('/:id/thumbnail', async (context) => {
    const picture = await thumbnail(await library.files('recordings', context.req.param('id')));
    return context.body(picture as Uint8Array<ArrayBuffer>, 200, {
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
    });
  });

  return api;
}

async function entryOf(library: Library, id: string): Promise<RecordingEntry> {
  return (await lookAt(library, id)).entry;
}

/** What is known of a recording without reading its samples; what cannot be read of it is its problem. */
async function lookAt(library: Library, id: string): Promise<{ entry: RecordingEntry; edits: RecordingChanges }> {
  const files = await library.files('recordings', id);
  const { bytes, changedAt } = await measureFolder(library.pathOf('recordings', id));
  let metadata: RecordingEntry['metadata'] = null;
  let edits: RecordingChanges = { cuts: [] };
  let problem: string | null = null;
  try {
    if (await files.exists(METADATA_FILE)) metadata = (await readMetadata(files)).metadata;
    edits = await readEdits(files);
    if (await files.exists(COLUMNS_FILE)) edits = { ...edits, columns: await readColumnsFile(files) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problem = error.message;
  }
  const name = edits.name ?? (metadata?.name || undefined) ?? (await readName(files)) ?? id;
  const pictured = metadata !== null && (await isPictured(files));
  return { entry: { id, name, changedAt, bytes, metadata, problem, pictured, cut: samplesCut(edits.cuts) }, edits };
}

/** Whether a frame of it has been written. */
async function isPictured(files: FileStorage): Promise<boolean> {
  const written = (await files.list()).filter(({ size }) => size > 0).map(({ name }) => name);
  const [before, after] = framesFile('*').split('*') as [string, string];
  return written.includes(SAMPLES_FILE) && written.some((name) => name.startsWith(before) && name.endsWith(after));
}

async function detailsOf(library: Library, id: string): Promise<RecordingDetails> {
  const { entry, edits } = await lookAt(library, id);
  if (entry.metadata === null) return { ...entry, samples: 0, duration: 0, edits };
  const files = await library.files('recordings', id);
  try {
    const { columns, length } = await columnsOf(files);
    const { time } = columns;
    refuseCutsBeyond(edits.cuts, length, `${files.name}/${EDITS_FILE}: `);
    return { ...entry, samples: length, duration: Math.max(0, (time.at(-1) ?? 0) - (time[0] ?? 0)), edits };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...entry, problem: error.message, samples: 0, duration: 0, edits };
  }
}

/** The samples as they are stored, without their pictures; none where nothing has been recorded yet. @throws Refusal */
async function columnsOf(files: FileStorage): Promise<Pick<Recording, 'columns' | 'length'>> {
  const recorded = await files.exists(METADATA_FILE);
  const columns = recorded ? (await scanRecording(files)).columns : { time: new Float64Array() };
  return { columns, length: columns.time.length };
}
