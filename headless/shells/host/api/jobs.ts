import { Hono } from 'hono';
import { readSuite } from '../../../../evaluation/suites/read-suite.ts';
import { hasEnded } from '../../../../host-api/client.ts';
import { type Job, newImportSchema, newJobSchema } from '../../../../host-api/contract.ts';
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
    if (task.model !== 'expert') await library.files('models', task.model);
    const suite = typeof task.suite === 'string' ? task.suite : readSuite(task.suite, 'suite');
    return context.json(jobs.evaluate({ ...task, suite }), 202);
  });
  api.post('/imports', async (context) => {
    const task = await readBody(context, newImportSchema);
    await library.files('drafts', task.draft);
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
    return new Response(eventsOf(jobs, id), { headers: { 'content-type': 'text/event-stream' } });
  });
  return api;
}

function eventsOf(jobs: JobList, id: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      const heartbeat = setInterval(() => controller.enqueue(encoder.encode(': still here\n\n')), HEARTBEAT);
      let unwatch = () => {};
      let ended = false;
      stop = () => {
        ended = true;
        clearInterval(heartbeat);
        unwatch();
      };
      unwatch = jobs.watch(id, (job: Job) => {
        if (ended) return;
        controller.enqueue(encoder.encode(`event: job\ndata: ${JSON.stringify(job)}\n\n`));
        if (hasEnded(job)) {
          stop();
          controller.close();
        }
      });
      // A job that had ended already was told of before there was anything to stop.
      if (ended) stop();
    },
    cancel: () => stop(),
  });
}
