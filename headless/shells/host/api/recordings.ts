import { Hono } from 'hono';
import { framesFile, METADATA_FILE, SAMPLES_FILE } from '../../../../datasets/formats/wheelhouse/layout.ts';
import { readMetadata, scanRecording } from '../../../../datasets/formats/wheelhouse/scan.ts';
import type { FileStorage } from '../../../../datasets/storage/storage.ts';
import {
  newRecordingSchema,
  type RecordingDetails,
  type RecordingEdits,
  type RecordingEntry,
  recordingEditsSchema,
} from '../../../../host-api/contract.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { measureFolder, readName, readParsed, writeName } from '../library/about.ts';
import type { Library } from '../library/library.ts';
import { thumbnail } from '../library/thumbnail.ts';
import { readBody } from './body.ts';

/** Edits lie beside the samples, which stay as they were recorded. */
const EDITS_FILE = 'edits.json';

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
    const edits = await readBody(context, recordingEditsSchema);
    const { samples } = await detailsOf(library, id);
    const beyond = edits.cuts.findIndex((cut) => cut.end > samples);
    if (beyond >= 0) {
      throw new Refusal('bad-request', `cuts.${beyond}.end`, `the recording has ${samples} samples`, 'cut within it');
    }
    await files.write(EDITS_FILE, `${JSON.stringify(edits, null, 2)}\n`);
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
  const files = await library.files('recordings', id);
  const { bytes, changedAt } = await measureFolder(library.pathOf('recordings', id));
  let metadata: RecordingEntry['metadata'] = null;
  let problem: string | null = null;
  try {
    if (await files.exists(METADATA_FILE)) metadata = (await readMetadata(files)).metadata;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problem = error.message;
  }
  const { name: edited } = await editsOf(library, id).catch((): RecordingEdits => ({ cuts: [] }));
  const name = edited ?? (metadata?.name || undefined) ?? (await readName(files)) ?? id;
  return { id, name, changedAt, bytes, metadata, problem, pictured: metadata !== null && (await isPictured(files)) };
}

/** Whether a frame of it has been written. */
async function isPictured(files: FileStorage): Promise<boolean> {
  const written = (await files.list()).filter(({ size }) => size > 0).map(({ name }) => name);
  const [before, after] = framesFile('*').split('*') as [string, string];
  return written.includes(SAMPLES_FILE) && written.some((name) => name.startsWith(before) && name.endsWith(after));
}

async function detailsOf(library: Library, id: string): Promise<RecordingDetails> {
  const entry = await entryOf(library, id);
  const edits = await editsOf(library, id);
  if (entry.metadata === null) return { ...entry, samples: 0, duration: 0, edits };
  const files = await library.files('recordings', id);
  try {
    const { time } = (await scanRecording(files)).columns;
    return { ...entry, samples: time.length, duration: Math.max(0, (time.at(-1) ?? 0) - (time[0] ?? 0)), edits };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...entry, problem: error.message, samples: 0, duration: 0, edits };
  }
}

async function editsOf(library: Library, id: string): Promise<RecordingEdits> {
  const files = await library.files('recordings', id);
  if (!(await files.exists(EDITS_FILE))) return { cuts: [] };
  return readParsed(files, EDITS_FILE, recordingEditsSchema);
}
