import { signal } from '@preact/signals';

export const PAGES = ['home', 'drive', 'recordings', 'train', 'evaluate'] as const;
export type PageName = (typeof PAGES)[number];

/** Where in the app a person is. */
export interface Route {
  readonly page: PageName;
  /** What is open on the page, e.g. a recording's id. */
  readonly item: string | null;
  readonly options: URLSearchParams;
}

/** Reads the part of an address behind `#`; what is unknown leads home. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page = '', item = ''] = path.split('/', 2);
  const known = (PAGES as readonly string[]).includes(page) ? (page as PageName) : 'home';
  return {
    page: known,
    item: known === page && item !== '' ? decoded(item) : null,
    options: new URLSearchParams(query),
  };
}

/** The address of a page, for links. */
export function routeTo(page: PageName, item?: string | null, options: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(options).toString();
  const path = item ? `${page}/${encodeURIComponent(item)}` : page;
  return `#/${page === 'home' && !item ? '' : path}${query === '' ? '' : `?${query}`}`;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** The current route; follows the address. */
export const route = signal<Route>(parseRoute(globalThis.location?.hash ?? ''));

globalThis.addEventListener?.('hashchange', () => {
  route.value = parseRoute(location.hash);
});

export function go(page: PageName, item?: string | null, options?: Readonly<Record<string, string>>): void {
  location.hash = routeTo(page, item, options);
}
