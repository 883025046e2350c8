import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { MetricLine } from '../models/runs/metric-lines.ts';
import * as c from './contract.ts';
import { LibraryStorage } from './library-storage.ts';
import { ask, askJson, type Fetch } from './request.ts';

/** How long a broken stream of job events is waited for before it is asked for again [ms]. */
const RETRY = 500;

/** The host API as functions. All of them throw `HostRefusal` when the host refuses. */
export type LibraryClient = ReturnType<typeof createLibraryClient>;

/**
 * @param base address of the host: `location.origin` in a page
 * @param fetch `fetch`, or a handler called directly
 */
export function createLibraryClient(base: string, fetch: Fetch = (request) => globalThis.fetch(request)) {
  const get = <S extends Parameters<typeof askJson>[3]>(path: string, schema: S) =>
    askJson<S>(fetch, base, path, schema);
  const send = <S extends Parameters<typeof askJson>[3]>(method: string, path: string, schema: S, body?: unknown) =>
    askJson<S>(fetch, base, path, schema, { method, body });
  const at = (collection: string, id: string) => `/${collection}/${encodeURIComponent(id)}`;

  return {
    status: () => get('/status', c.statusSchema),
    /** The files of one thing. */
    files: (collection: c.Collection, id: string) => new LibraryStorage(fetch, base, collection, id),
    /** Deletes a thing with all its files. */
    async remove(collection: c.Collection, id: string): Promise<void> {
      await send('DELETE', at(collection, id), c.doneSchema);
    },

    recordings: async () => (await get('/recordings', c.recordingListSchema)).recordings,
    recording: (id: string) => get(at('recordings', id), c.recordingDetailsSchema),
    createRecording: (body: c.NewRecording) => send('POST', '/recordings', c.createdSchema, body),
    closeRecording: (id: string) => send('POST', `${at('recordings', id)}/close`, c.recordingDetailsSchema),
    editRecording: (id: string, edits: c.RecordingChanges) =>
      send('PUT', `${at('recordings', id)}/edits`, c.recordingDetailsSchema, edits),
    /** Address of a picture of the recording, for `<img src>`. */
    thumbnailAddress: (id: string) => `${base}/api${at('recordings', id)}/thumbnail`,

    formats: async () => (await get('/formats', c.formatListSchema)).formats,
    createDraft: () => send('POST', '/drafts', c.createdSchema),
    /** Begins an import of a draft, or of a recording of the library. */
    startImport: (body: c.NewImport) => send('POST', '/imports', c.jobSchema, body),

    models: async () => (await get('/models', c.modelListSchema)).models,
    model: (id: string) => get(at('models', id), c.modelDetailsSchema),
    publishModel: (body: c.Publication) => send('POST', '/models', c.createdSchema, body),

    runs: async () => (await get('/runs', c.runListSchema)).runs,
    run: (id: string) => get(at('runs', id), c.runDetailsSchema),
    createRun: (body: c.NewRun) => send('POST', '/runs', c.createdSchema, body),
    publishRun: (body: Omit<c.Publication, 'replace'>) => send('POST', '/runs/publish', c.createdSchema, body),
    async metrics(id: string, from = 0): Promise<MetricLine[]> {
      const parts: MetricLine[][] = [];
      for (let next = from; ; next += c.MAX_METRIC_LINES) {
        const { lines } = await get(`${at('runs', id)}/metrics?from=${next}`, c.metricLinesSchema);
        parts.push(lines);
        if (lines.length < c.MAX_METRIC_LINES) return parts.flat();
      }
    },

    evaluations: () => get('/evaluations', c.evaluationListSchema),
    evaluation: (id: string) => get(at('evaluations', id), c.evaluationDetailsSchema),
    publishEvaluation: (body: c.Publication) => send('POST', '/evaluations', c.createdSchema, body),
    /** Address of the report, for a sandboxed frame. */
    reportAddress: (id: string) => `${base}/api${at('evaluations', id)}/files/report.html`,

    suites: async () => (await get('/suites', c.suiteListSchema)).suites,

    jobs: async () => (await get('/jobs', c.jobListSchema)).jobs,
    job: (id: string) => get(at('jobs', id), c.jobSchema),
    /** Address of the newest picture of a job, for `<img src>`; another one for each picture, so that it is asked for. */
    jobPictureAddress: ({ id, pictures }: Pick<c.Job, 'id' | 'pictures'>) =>
      `${base}/api${at('jobs', id)}/picture?number=${pictures}`,
    startJob: (body: c.NewJob) => send('POST', '/jobs', c.jobSchema, body),
    cancelJob: (id: string) => send('DELETE', at('jobs', id), c.jobSchema),
    /** The job whenever it has changed, until it has ended. A connection that breaks is taken up again. */
    async *watchJob(id: string, signal?: AbortSignal): AsyncGenerator<c.Job> {
      for (;;) {
        const response = await ask(fetch, base, `${at('jobs', id)}/events`, signal ? { signal } : {});
        for await (const job of jobsIn(response)) {
          yield job;
          if (hasEnded(job)) return;
        }
        signal?.throwIfAborted();
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    },
  };
}

/** Whether nothing more will happen to the job. */
export function hasEnded(job: c.Job): boolean {
  return job.state === 'finished' || job.state === 'failed' || job.state === 'cancelled';
}

/** The jobs that a stream of server-sent events tells of; it may break off anywhere. */
async function* jobsIn(response: Response): AsyncGenerator<c.Job> {
  const events = response
    .body!.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (;;) {
      const { done, value } = await events.read().catch(() => ({ done: true, value: undefined }));
      if (done) return;
      yield c.jobSchema.parse(JSON.parse(value!.data));
    }
  } finally {
    await events.cancel().catch(() => undefined);
  }
}
