/** The pages live under a scheme of their own: no port, no `file:`, and the same rules as for a secure web site. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'wheelhouse';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** Whether an address lies inside the app. */
export function isOurs(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === '';
}
