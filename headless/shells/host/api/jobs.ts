import { Hono } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { readSuite } from '../../../../evaluation/suites/read-suite.ts';
import { hasEnded } from '../../../../host-api/client.ts';
import { newImportSchema, newJobSchema } from '../../../../host-api/contract.ts';
import { driverOfJob } from '../jobs/job-driver.ts';
import type { JobList } from '../jobs/job-list.ts';
import type { Library } from '../library/library.ts';
import { readBody } from './body.ts';

/** A stream in which nothing happens says so this often, so that nobody takes it for dead [ms]. */
const HEARTBEAT = 15_000;

export function jobsApi(library: Library, jobs: JobList): Hono {
  const api = new Hono();

  api.get('/jobs', (context) => context.json({ jobs: jobs.all() }));
  api.post('/jobs', async (context) => {
    const task = await readBody(context, newJobSchema);
    await driverOfJob(task.model, library);
    const suite = typeof task.suite === 'string' ? task.suite : readSuite(task.suite, 'suite');
    return context.json(jobs.evaluate({ ...task, suite }), 202);
  });
  api.post('/imports', async (context) => {
    const task = await readBody(context, newImportSchema);
    if (task.draft !== undefined) await library.files('drafts', task.draft);
    else await library.files('recordings', task.recording!);
    return context.json(jobs.import(task), 202);
  });
  api.get('/jobs/:id', (context) => context.json(jobs.get(context.req.param('id'))));
  api.delete('/jobs/:id', (context) => context.json(jobs.cancel(context.req.param('id'))));
  api.get('/jobs/:id/picture', (context) =>
    context.body(jobs.picture(context.req.param('id')) as Uint8Array<ArrayBuffer>, 200, {
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
    }),
  );
  api.get('/jobs/:id/events', (context) => {
    const id = context.req.param('id');
    jobs.get(id);
    const response = streamSSE(context, (stream) => tellOf(jobs, id, stream));
    // Of the connection, not of the answer: Node's server sets them itself, and Electron's `app://` has no connection.
    for (const header of ['transfer-encoding', 'connection']) response.headers.delete(header);
    return response;
  });
  return api;
}

/** Tells of every change of a job, until it has ended or nobody listens any more. */
async function tellOf(jobs: JobList, id: string, stream: SSEStreamingApi): Promise<void> {
  const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT);
  let unwatch: (() => void) | undefined;
  await new Promise<void>((resolve) => {
    stream.onAbort(resolve);
    unwatch = jobs.watch(id, (job) => {
      const told = stream.writeSSE({ event: 'job', data: JSON.stringify(job) });
      if (hasEnded(job)) void told.then(resolve);
    });
  });
  unwatch?.();
  clearInterval(heartbeat);
}
