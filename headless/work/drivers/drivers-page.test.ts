import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { COMMAND_LINE_OFFERS, JOB_OFFERS, PAGE_OFFERS } from '../../../evaluation/drivers/offers.ts';
import { DRIVER_KINDS, kindsFor, syntaxOf } from '../../../evaluation/drivers/registry.ts';

const OPENERS = { 'command line': COMMAND_LINE_OFFERS, job: JOB_OFFERS, page: PAGE_OFFERS };

it('docs/drivers.md lists every kind of driver, in the words of the registry', async () => {
  const page = await readFile(path.resolve(import.meta.dirname, '../../../docs/drivers.md'), 'utf8');
  const told = [...page.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map((row) => row.slice(1));
  const registered = DRIVER_KINDS.map((kind) => {
    const openers = Object.entries(OPENERS).filter(([, offers]) => kindsFor(offers).includes(kind));
    return [syntaxOf(kind, []), openers.map(([opener]) => opener).join(', '), kind.description];
  });
  expect(told).toEqual(registered);
});
