import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { createLibraryClient, type LibraryClient } from '../../datasets/library/client.ts';
import type { LaunchedBrowser } from '../../headless/browser/launch.ts';
import { buildPages, PAGES_FOLDER } from '../../headless/host/build-pages.ts';
import { createRunners } from '../../headless/host/jobs/runners.ts';
import { builtinModels } from '../../headless/host/library-folder.ts';
import { type ListeningHost, listen } from '../../headless/host/listen.ts';

/** Where pictures of the pages go; CI keeps the folder. */
export const PICTURES = path.resolve(import.meta.dirname, '../../test-results/pictures');

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

/** The real app: the built pages in a browser, the real host, a library of its own in a temporary folder. */
export interface OpenedApp {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly library: string;
  readonly host: ListeningHost;
  /** The host API as the page has it, for looking behind the scenes. */
  readonly client: LibraryClient;
  /** Errors of the pages: exceptions, failed requests, what the content security policy refused. */
  readonly faults: string[];
  /** Faults of the host. */
  readonly hostFaults: unknown[];
  /** Stops the host and starts one anew on the same port and library; pages must be let in again. */
  restartHost(): Promise<void>;
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts the host, opens its entrance in a new window and waits for the page. */
export async function openApp(launched: LaunchedBrowser, options: OpenOptions = {}): Promise<OpenedApp> {
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
  const { width = 1280, height = 800, colorScheme = 'light', reducedMotion = 'no-preference' } = options;
  // Without a locale in the environment the npm Chromium calls its language `en-US@posix`, which no Intl takes.
  const context = await launched.browser.newContext({
    locale: 'en-US',
    viewport: { width, height },
    colorScheme,
    reducedMotion,
  });
  const page = await context.newPage();
  const faults = collectFaults(page);
  await page.goto(host.entrance);
  const app = {
    context,
    page,
    library,
    faults,
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
    async picture(name: string) {
      await mkdir(PICTURES, { recursive: true });
      await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
    },
    async close() {
      await context.close();
      await host.close();
      await rm(library, { recursive: true, force: true });
    },
  };
  return app;
}

function collectFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('crash', () => faults.push('the page crashed'));
  return faults;
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
