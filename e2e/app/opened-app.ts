import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import type { LibraryClient } from '../../host-api/client.ts';

/** Where pictures of the pages go; CI keeps the folder. */
const PICTURES = path.resolve(import.meta.dirname, '../../test-results/pictures');

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
}

/** Size of the window [px] and what the person asked of it, unless a test asks for something else. */
export const USUAL = { width: 1280, height: 800, colorScheme: 'light', reducedMotion: 'no-preference' } as const;

/** The real app in either shell: the built pages, the real host, a library of its own in a temporary folder. */
export interface OpenedApp {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly library: string;
  /** The host API as the page has it, for looking behind the scenes. */
  readonly client: LibraryClient;
  /** Errors of the pages: exceptions, failed requests, what the content security policy refused. */
  readonly faults: string[];
  /** Faults of the host. */
  readonly hostFaults: unknown[];
  /** Opens a page of the app by its route, e.g. `recordings`; `''` is home. */
  open(route: string): Promise<void>;
  /** Takes a picture of the page. @returns its file */
  picture(name: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * What both shells do in the same way.
 * @param shell names the folder of the pictures
 */
export function lookAt(page: Page, origin: string, shell: 'chromium' | 'electron') {
  return {
    page,
    context: page.context(),
    faults: collectFaults(page),
    async open(route: string): Promise<void> {
      await page.goto(`${origin}/#/${route}`);
    },
    async picture(name: string): Promise<string> {
      const file = path.join(PICTURES, shell, `${name}.png`);
      await mkdir(path.dirname(file), { recursive: true });
      await page.screenshot({ path: file });
      return file;
    },
  };
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
