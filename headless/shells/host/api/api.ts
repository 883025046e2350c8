import os from 'node:os';
import { Hono } from 'hono';
import { formats } from '../../../../datasets/formats/open.ts';
import type { FormatList, Status } from '../../../../host-api/contract.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { packageInfo } from '../../../machine/package-info.ts';
import type { JobList } from '../jobs/job-list.ts';
import type { Library } from '../library/library.ts';
import { errorResponse, refusalResponse } from './errors.ts';
import { evaluationsApi } from './evaluations.ts';
import { filesApi } from './files.ts';
import { jobsApi } from './jobs.ts';
import { modelsApi } from './models.ts';
import { recordingsApi } from './recordings.ts';
import { runsApi } from './runs.ts';
import { suitesApi } from './suites.ts';

/** All that answers below `/api`; docs/host-api.md describes it. */
export function createApi(
  library: Library,
  jobs: JobList,
  shell: Status['shell'],
  report: (error: unknown) => void,
): Hono {
  const api = new Hono();
  api.get('/api/status', (context) =>
    context.json({
      product: 'wheelhouse',
      version: packageInfo.version,
      shell,
      library: library.folder,
      platform: process.platform,
      cpus: os.availableParallelism(),
    } satisfies Status),
  );
  api.get('/api/formats', (context) =>
    context.json({
      formats: formats.map(({ name, title, files, whole = false }) => ({ name, title, files: [...files], whole })),
    } satisfies FormatList),
  );
  api.route('/api', filesApi(library));
  api.route('/api/recordings', recordingsApi(library));
  api.route('/api/models', modelsApi(library));
  api.route('/api/runs', runsApi(library));
  api.route('/api/evaluations', evaluationsApi(library));
  api.route('/api/suites', suitesApi());
  api.route('/api', jobsApi(library, jobs));
  api.post('/api/drafts', async (context) => context.json({ id: await library.createDraft() }, 201));
  api.notFound((context) =>
    refusalResponse(
      new Refusal('not-found', `${context.req.method} ${context.req.path}`, 'there is no such address', 'see the API'),
    ),
  );
  api.onError((error) => errorResponse(error, report));
  return api;
}
