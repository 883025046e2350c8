import { Refusal } from '../../../../sim/refusal.ts';

/**
 * Refuses requests that another site made a browser send.
 * @param hosts values of `Host` that are ours; a name that an attacker's DNS points at us (rebinding) is not among them
 * @param origin ours, e.g. `http://127.0.0.1:4747`
 * @param needsOrigin whether a request that can change something must name its origin
 * @throws Refusal `foreign-host`, `foreign-origin`
 */
export function checkOrigin(
  request: Request,
  hosts: readonly string[],
  originOf: (host: string) => string,
  needsOrigin = true,
): void {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  if (!hosts.includes(host)) {
    throw new Refusal('foreign-host', `Host ${quoted(host)}`, 'this is not the address of Wheelhouse', OPEN_IT);
  }
  const origin = request.headers.get('origin');
  const mayChange = request.method !== 'GET' && request.method !== 'HEAD';
  // Browsers send an origin with every request that can change something.
  if (origin === null ? mayChange && needsOrigin : origin !== originOf(host)) {
    const what = origin === null ? 'the request names no origin' : 'another site sent this request';
    throw new Refusal('foreign-origin', `Origin ${quoted(origin ?? '')}`, what, OPEN_IT);
  }
  const site = request.headers.get('sec-fetch-site');
  const isNavigation = request.headers.get('sec-fetch-mode') === 'navigate';
  const isOurs = site === null || site === 'same-origin' || site === 'none';
  // A link from elsewhere may open the window; it then meets the session's door.
  if (!isOurs && !(isNavigation && !mayChange && new URL(request.url).pathname === '/')) {
    throw new Refusal('foreign-origin', `Sec-Fetch-Site ${quoted(site)}`, 'another site sent this request', OPEN_IT);
  }
}

const OPEN_IT = 'open the address that `wheelhouse serve` printed';

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
