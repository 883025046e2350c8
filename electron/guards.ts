import type { App, Session, WebContents } from 'electron';
import { isOurs } from './app-address.ts';

/** What our own pages may do besides what any page may: fill the screen, and hold the mouse while steering with it. */
const PERMITTED: readonly string[] = ['fullscreen', 'pointerLock'];

/** Denies every permission and every device, except `PERMITTED` to our own pages. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(PERMITTED.includes(permission) && isOurs(details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => {
    return PERMITTED.includes(permission) && isOurs(origin);
  });
  session.setDevicePermissionHandler(() => false);
  // Whatever asks for something outside the app is stopped before it leaves the process, `file:` included.
  session.webRequest.onBeforeRequest((details, answer) => {
    const scheme = details.url.slice(0, details.url.indexOf(':'));
    const isInside = isOurs(details.url) || scheme === 'blob' || scheme === 'data' || scheme === 'devtools';
    answer({ cancel: !isInside });
  });
}

/** Keeps every window on our pages: no navigation away, no new windows, no embedded views. */
export function guardContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    const stay = (event: { preventDefault(): void }, url: string) => {
      if (!isOurs(url)) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-frame-navigate', (details) => {
      if (!isOurs(details.url) && details.url !== 'about:blank') details.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
