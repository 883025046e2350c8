import type { Page } from 'playwright';
import { APP_ORIGIN } from '../../electron/app-address.ts';
import { createLibraryClient, type LibraryClient } from '../../host-api/client.ts';
import { lookAt, type OpenedApp, type OpenOptions, USUAL } from '../app/opened-app.ts';
import { launchDesktopApp } from './launch-desktop-app.ts';

/** Starts the desktop app and gives its window the size that is asked for. */
export async function openDesktopApp(options: OpenOptions = {}): Promise<OpenedApp> {
  const { electron, library, close } = await launchDesktopApp();
  const hostFaults: unknown[] = [];
  // Its host tells faults on the console of the main process.
  electron.on('console', (message) => {
    if (message.type() === 'error') hostFaults.push(message.text());
  });
  const page = await electron.firstWindow();
  const { width, height, ...asked } = { ...USUAL, ...options };
  await page.setViewportSize({ width, height });
  await page.emulateMedia(asked);
  return { ...lookAt(page, APP_ORIGIN, 'electron'), library, client: clientOf(page), hostFaults, close };
}

/** Requests that the page itself makes: only windows of the app reach its host. Bodies travel as base64. */
function clientOf(page: Page): LibraryClient {
  return createLibraryClient(APP_ORIGIN, async (request) => {
    const { status, headers, body } = await page.evaluate(
      async ({ body, ...init }) => {
        const bytes = body === null ? null : Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
        const response = await fetch(init.url, { method: init.method, headers: init.headers, body: bytes });
        const answer = new Uint8Array(await response.arrayBuffer());
        const characters = Array.from(answer, (byte) => String.fromCharCode(byte));
        return { status: response.status, headers: [...response.headers], body: btoa(characters.join('')) };
      },
      {
        url: request.url,
        method: request.method,
        headers: [...request.headers] as [string, string][],
        body: request.body === null ? null : Buffer.from(await request.arrayBuffer()).toString('base64'),
      },
    );
    return new Response(body === '' ? null : Buffer.from(body, 'base64'), { status, headers });
  });
}
