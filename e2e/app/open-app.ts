import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext } from 'playwright';
import type { LaunchedBrowser } from '../../headless/machine/browser/launch.ts';
import { buildPages, PAGES_FOLDER } from '../../headless/shells/host/build-pages.ts';
import { createRunners } from '../../headless/shells/host/jobs/runners.ts';
import { type ListeningHost, listen } from '../../headless/shells/host/listen.ts';
import { builtinModels } from '../../headless/work/library/library-folder.ts';
import { createLibraryClient, type LibraryClient } from '../../host-api/client.ts';
import { lookAt, type OpenedApp, type OpenOptions, USUAL } from './opened-app.ts';

/** The app as `wheelhouse serve` has it, in a browser. */
export interface ServedApp extends OpenedApp {
  readonly host: ListeningHost;
  /** Stops the host and starts one anew on the same port and library; pages must be let in again. */
  restartHost(): Promise<void>;
}

/** Starts the host, opens its entrance in a new window and waits for the page. */
export async function openApp(launched: LaunchedBrowser, options: OpenOptions = {}): Promise<ServedApp> {
  await buildPages();
  const library = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-e2e-'));
  const hostFaults: unknown[] = [];
  const start = (port: number) =>
    listen({
      port,
      library,
      pages: PAGES_FOLDER,
      builtinModels: builtinModels(),
      runners: createRunners(),
      report: (fault) => hostFaults.push(fault),
    });
  let host = await start(0);
  const { width, height, ...asked } = { ...USUAL, ...options };
  // Without a locale in the environment the npm Chromium calls its language `en-US@posix`, which no Intl takes.
  const context = await launched.browser.newContext({ locale: 'en-US', viewport: { width, height }, ...asked });
  const page = await context.newPage();
  const looks = lookAt(page, host.origin, 'chromium');
  await page.goto(host.entrance);
  return {
    ...looks,
    library,
    hostFaults,
    get host() {
      return host;
    },
    get client() {
      return clientOf(context, host);
    },
    async restartHost() {
      await host.close();
      host = await start(host.port);
    },
    async close() {
      await context.close();
      await host.close();
      await rm(library, { recursive: true, force: true });
    },
  };
}

/** Requests with the window's own session. */
function clientOf(context: BrowserContext, host: ListeningHost): LibraryClient {
  return createLibraryClient(host.origin, async (request) => {
    const headers = new Headers(request.headers);
    const cookies = await context.cookies(host.origin);
    headers.set('cookie', cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
    headers.set('origin', host.origin);
    const body = request.body === null ? {} : { body: await request.arrayBuffer() };
    return fetch(request.url, { method: request.method, headers, ...body });
  });
}
