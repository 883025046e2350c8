import { Hono } from 'hono';
import type { SuiteList } from '../../../../host-api/contract.ts';
import { listSuites } from '../../../work/suites/open-suite.ts';

/** The suites that have a name. */
export function suitesApi(): Hono {
  const api = new Hono();
  api.get('/', async (context) => {
    const suites = (await listSuites()).map(({ name, description, episodes }) => {
      return { name, description, episodes: episodes.map(({ id = '', track, route }) => ({ id, track, route })) };
    });
    return context.json({ suites } satisfies SuiteList);
  });
  return api;
}
