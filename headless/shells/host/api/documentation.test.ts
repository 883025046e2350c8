import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '../../../../host-api/contract.ts';
import { JobList } from '../jobs/job-list.ts';
import { Library } from '../library/library.ts';
import { createApi } from './api.ts';

let folder: string;
let library: Library;
let page: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-api-'));
  library = await Library.open(folder);
  page = await readFile(path.resolve(import.meta.dirname, '../../../../docs/host-api.md'), 'utf8');
});
afterAll(async () => {
  await library.close();
  await rm(folder, { recursive: true, force: true });
});

it('docs/host-api.md lists every request that is answered, and no other', () => {
  const api = createApi(library, new JobList(library, {}, console.error), 'web', console.error);
  const answered = api.routes
    .filter(({ method, path: address }) => method !== 'ALL' && address !== '/*')
    .map(({ method, path: address }) => `${method} ${address.replace(/^\/api/, '')}`);
  const documented = [...page.matchAll(/^\| `([A-Z]+ \/[^`?]*)/gm)].flatMap(([, request]) =>
    request!.includes('/:collection')
      ? contract.COLLECTIONS.map((one) => request!.replace(':collection', one))
      : [request!],
  );
  expect(documented.toSorted()).toEqual([...new Set(answered)].toSorted());
});

it('docs/host-api.md names schemas that there are, and the statuses of refusals', () => {
  const names = [...page.matchAll(/`([A-Z][a-z]\w+)`/g)].map(([, name]) => name!);
  const schemas = Object.keys(contract).filter((key) => key.endsWith('Schema'));
  for (const name of new Set(names)) {
    if (['Host', 'Origin', 'Range', 'HttpOnly', 'SameSite', 'LibraryStorage'].includes(name)) continue;
    expect(schemas).toContain(`${name[0]!.toLowerCase()}${name.slice(1)}Schema`);
  }
  for (const [, status, codes] of page.matchAll(/^\| (\d{3}) \| (.*) \|$/gm)) {
    if (status === '422') continue;
    for (const [, code] of codes!.matchAll(/`([a-z-]+)`/g)) {
      expect(contract.STATUS_OF_ERROR[code!], code).toBe(Number(status));
    }
  }
});
