import type { Status } from '../../../host-api/contract.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { createApi } from './api/api.ts';
import { errorResponse } from './api/errors.ts';
import { guarded } from './door/headers.ts';
import { checkOrigin } from './door/origin.ts';
import type { Session } from './door/session.ts';
import { JobList, type JobRunners } from './jobs/job-list.ts';
import { Library, type LibraryOptions } from './library/library.ts';
import { sendPage, textPage } from './pages.ts';

export interface HostOptions extends LibraryOptions {
  readonly shell: Status['shell'];
  /** Folder of the library; made when absent. */
  readonly library: string;
  /** Folder with the built pages. */
  readonly pages: string;
  /** Values of `Host` that are ours. */
  readonly hosts: readonly string[];
  readonly originOf: (host: string) => string;
  /** Whether a request that can change something must name its origin, as those of browsers do. Default true. */
  readonly needsOrigin?: boolean;
  /** Who may come in; without one everybody who reaches the handler may, as in Electron. */
  readonly session?: Session;
  readonly runners?: JobRunners;
  /** Hears of faults of ours. */
  readonly report?: (error: unknown) => void;
}

/** The one process boundary: pages and API behind a fetch-style handler. */
export interface Host {
  readonly library: Library;
  readonly jobs: JobList;
  /** Answers a request; never throws. */
  fetch(request: Request): Promise<Response>;
  /** Cancels jobs and closes files. */
  close(): Promise<void>;
}

/** @throws Refusal `bad-library` */
export async function openHost(options: HostOptions): Promise<Host> {
  const { session, hosts, originOf, needsOrigin = true, report = console.error } = options;
  const library = await Library.open(options.library, options);
  const pages = new DiskStorage(options.pages, 'pages');
  const jobs = new JobList(library, options.runners ?? {}, report);
  const api = createApi(library, jobs, options.shell, report);

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    checkOrigin(request, hosts, originOf, needsOrigin);
    const isApi = url.pathname === '/api' || url.pathname.startsWith('/api/');
    if (session && !session.admits(request.headers.get('cookie'))) {
      if (isApi) {
        throw new Refusal(
          'no-session',
          '',
          'this page has no session',
          'open the address that wheelhouse serve printed',
        );
      }
      return admit(session, request, url);
    }
    // Whoever is in already and comes by the printed address again gets a clean one.
    if (url.searchParams.has('token')) return redirect();
    return isApi ? api.fetch(request) : sendPage(pages, request);
  }

  return {
    library,
    jobs,
    async fetch(request) {
      try {
        return guarded(await answer(request));
      } catch (error) {
        return guarded(errorResponse(error, report));
      }
    },
    async close() {
      await jobs.close();
      await library.close();
      await pages.close();
    },
  };
}

function admit(session: Session, request: Request, url: URL): Response {
  const token = url.searchParams.get('token');
  const cookie = request.method === 'GET' && url.pathname === '/' && token !== null ? session.redeem(token) : undefined;
  if (cookie === undefined) {
    return textPage(
      401,
      'Open the address that "wheelhouse serve" printed; it works once. Start it again for a new one.',
    );
  }
  const response = redirect();
  response.headers.set('set-cookie', cookie);
  return response;
}

function redirect(): Response {
  return new Response(null, { status: 303, headers: { location: '/' } });
}
