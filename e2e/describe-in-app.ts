import { afterAll, beforeAll, describe } from 'vitest';
import { openApp } from './app/open-app.ts';
import type { OpenedApp, OpenOptions } from './app/opened-app.ts';
import { beforeAllInBrowser, describeInBrowser } from './describe-in-browser.ts';
import { noDesktopApp } from './electron/launch-desktop-app.ts';
import { openDesktopApp } from './electron/open-desktop-app.ts';

/** Says what to do with the app once it is open, before the first test. */
export type WhenOpened = (prepare: (app: OpenedApp) => void | Promise<void>) => void;

/**
 * Tests of the app that hold in both of its shells: what `wheelhouse serve` serves, in Chromium, and the desktop app. They
 * run in Chromium, and once more in Electron where it is present; `desktop-app.test.ts` says why where it is not.
 * @param define declares the tests; called once for each shell
 */
export function describeInApp(name: string, options: OpenOptions, define: (whenOpened: WhenOpened) => void): void {
  const defineIn = (open: () => Promise<OpenedApp>, before: (prepare: () => Promise<void>) => void): void => {
    let app: OpenedApp | undefined;
    afterAll(async () => app?.close());
    define((prepare) =>
      before(async () => {
        app = await open();
        await prepare(app);
      }));
  };
  describeInBrowser(name, {}, (launched) => defineIn(() => openApp(launched(), options), beforeAllInBrowser));
  if (noDesktopApp !== undefined) return;
  describe(`${name}, in Electron`, () => defineIn(() => openDesktopApp(options), beforeAll));
}
