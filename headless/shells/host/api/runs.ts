import { Hono } from 'hono';
import { z } from 'zod';
import { completeLines } from '../../../../datasets/storage/lines.ts';
import type { FileStorage } from '../../../../datasets/storage/storage.ts';
import {
  checkpointDraftSchema,
  MAX_METRIC_LINES,
  type MetricLine,
  metricLineSchema,
  metricLinesSchema,
  newRunSchema,
  type RunDetails,
  runChangeSchema,
  runStatusSchema,
} from '../../../../host-api/contract.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { readParsed } from '../library/about.ts';
import type { Library } from '../library/library.ts';
import { readBody, wholeNumber } from './body.ts';

const RUN_FILE = 'run.json';
const METRICS_FILE = 'metrics.jsonl';
const CHECKPOINT = 'checkpoint';

const runFileSchema = z.object({
  name: z.string(),
  status: runStatusSchema,
  createdAt: z.string(),
  changedAt: z.string(),
  config: z.json(),
  summary: z.json(),
});

/** Training runs. The page trains; the host keeps what it says, so that a reload or a crash loses nothing. */
export function runsApi(library: Library): Hono {
  const api = new Hono();

  api.get('/', async (context) => {
    const runs: RunDetails[] = [];
    for (const id of await library.ids('runs')) {
      // A run whose file a crash never let appear is no run yet.
      await detailsOf(library, id).then(
        (run) => runs.push(run),
        (error) => {
          if (!(error instanceof Refusal)) throw error;
        },
      );
    }
    return context.json({ runs });
  });

  api.post('/', async (context) => {
    const { name, config } = await readBody(context, newRunSchema);
    const id = await library.create('runs', name);
    const now = new Date().toISOString();
    const run = { name, status: 'running' as const, createdAt: now, changedAt: now, config, summary: null };
    await writeRun(await library.files('runs', id), run);
    return context.json({ id }, 201);
  });

  api.get('/:id', async (context) => context.json(await detailsOf(library, context.req.param('id'))));

  api.patch('/:id', async (context) => {
    const id = context.req.param('id');
    const files = await library.files('runs', id);
    const { name, status, summary } = await readBody(context, runChangeSchema);
    const run = await readParsed(files, RUN_FILE, runFileSchema);
    await writeRun(files, {
      ...run,
      ...(name !== undefined && { name }),
      ...(status !== undefined && { status }),
      ...(summary !== undefined && { summary }),
      changedAt: new Date().toISOString(),
    });
    return context.json(await detailsOf(library, id));
  });

  api.post('/:id/metrics', async (context) => {
    const files = await library.files('runs', context.req.param('id'));
    const { lines } = await readBody(context, metricLinesSchema);
    const { count, end } = await readMetrics(files);
    const handle = await files.openAppend(METRICS_FILE, { truncateTo: end });
    try {
      await handle.append(new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
      await handle.sync();
    } finally {
      await handle.close();
    }
    return context.json({ count: count + lines.length });
  });

  api.get('/:id/metrics', async (context) => {
    const files = await library.files('runs', context.req.param('id'));
    return context.json({ lines: (await readMetrics(files, wholeNumber(context, 'from', 0))).lines });
  });

  api.put('/:id/checkpoint', async (context) => {
    const id = context.req.param('id');
    const { draft } = await readBody(context, checkpointDraftSchema);
    await library.placeInside(draft, 'runs', id, CHECKPOINT);
    return context.json(await detailsOf(library, id));
  });

  return api;
}

async function detailsOf(library: Library, id: string): Promise<RunDetails> {
  const files = await library.files('runs', id);
  const run = await readParsed(files, RUN_FILE, runFileSchema);
  return { id, ...run, checkpoint: await files.exists(CHECKPOINT) };
}

async function writeRun(files: FileStorage, run: z.infer<typeof runFileSchema>): Promise<void> {
  await files.write(RUN_FILE, `${JSON.stringify(run, null, 2)}\n`);
}

/** Lines from `from` on, as many as an answer holds; how many there are in all, and where the last whole one ends [bytes]. */
async function readMetrics(files: FileStorage, from = Number.POSITIVE_INFINITY) {
  const lines: MetricLine[] = [];
  let count = 0;
  let end = 0;
  if (!(await files.exists(METRICS_FILE))) return { lines, count, end };
  for await (const batch of completeLines(files, METRICS_FILE)) {
    for (const line of batch) {
      const isWanted = count++ >= from && lines.length < MAX_METRIC_LINES;
      if (isWanted) lines.push(parseMetric(files.name, line.text, line.number));
      end = line.end;
    }
  }
  return { lines, count, end };
}

function parseMetric(name: string, text: string, number: number): MetricLine {
  const where = `${name}/${METRICS_FILE}:${number}`;
  try {
    return metricLineSchema.parse(JSON.parse(text));
  } catch {
    throw new Refusal('bad-metrics', where, 'the line is no JSON object of numbers', 'mend or delete this line');
  }
}
