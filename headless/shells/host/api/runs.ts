import { Hono } from 'hono';
import {
  MAX_METRIC_LINES,
  newRunSchema,
  publicationSchema,
  type RunDetails,
  type RunEntry,
  type RunList,
} from '../../../../host-api/contract.ts';
import { hasCheckpoint } from '../../../../models/runs/checkpoints.ts';
import { readMetrics } from '../../../../models/runs/read-metrics.ts';
import { type ReadRun, readRun } from '../../../../models/runs/read-run.ts';
import { describeRun } from '../../../../models/runs/run-description.ts';
import { writeDescription } from '../../../../models/runs/run-folder.ts';
import { isAlive, readHolder } from '../../../../models/runs/run-lock.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { isGone } from '../../../work/runs/this-process.ts';
import type { Library } from '../library/library.ts';
import { publishRun } from '../library/publish-run.ts';
import { recordingsOf } from '../library/run-recordings.ts';
import { readBody, wholeNumber } from './body.ts';

/** Training runs. Whoever trains, a page or a command, writes into the run's folder; here it is begun and looked at. */
export function runsApi(library: Library): Hono {
  const api = new Hono();

  api.get('/', async (context) => {
    const runs: RunEntry[] = [];
    for (const id of await library.ids('runs')) {
      // A run whose file a crash never let appear is no run yet.
      await entryOf(library, id).then(
        ({ entry }) => runs.push(entry),
        (error) => {
          if (!(error instanceof Refusal)) throw error;
        },
      );
    }
    return context.json({ runs } satisfies RunList);
  });

  api.post('/', async (context) => {
    const { name, config } = await readBody(context, newRunSchema);
    const id = await library.create('runs', name);
    await writeDescription(await library.files('runs', id), describeRun(name, config));
    return context.json({ id }, 201);
  });

  api.post('/publish', async (context) => {
    const { draft, name, id } = await readBody(context, publicationSchema.omit({ replace: true }));
    return context.json({ id: await publishRun(library, draft, name, id) }, 201);
  });

  api.get('/:id', async (context) => context.json(await detailsOf(library, context.req.param('id'))));

  api.get('/:id/metrics', async (context) => {
    const files = await library.files('runs', context.req.param('id'));
    return context.json({ lines: await readMetrics(files, wholeNumber(context, 'from', 0), MAX_METRIC_LINES) });
  });

  return api;
}

async function entryOf(library: Library, id: string): Promise<{ entry: RunEntry; run: ReadRun }> {
  const files = await library.files('runs', id);
  const run = await readRun(files);
  const { name, status, begun, changed } = run.description;
  const held = await readHolder(files);
  const holder = held ? { ...held, isGone: isGone(held) || !isAlive(held) } : null;
  return { entry: { id, name, status, begun, changed, held: holder }, run };
}

async function detailsOf(library: Library, id: string): Promise<RunDetails> {
  const { entry, run } = await entryOf(library, id);
  const checkpoint = await hasCheckpoint(await library.files('runs', id));
  const recordings = await recordingsOf(library, run.description.config);
  return { ...entry, ...run, folder: library.pathOf('runs', id), checkpoint, recordings };
}
