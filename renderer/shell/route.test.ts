import { describe, expect, it } from 'vitest';
import { parseRoute, routeTo } from './route.ts';

describe('route', () => {
  it.each([
    ['home', null, {}],
    ['drive', null, { driver: 'model:my net & more' }],
    ['recordings', 'two laps/of #3?', {}],
    ['train', 'run-1', { compare: 'run-2' }],
  ] as const)('finds its way back to %s %s', (page, item, options) => {
    const found = parseRoute(routeTo(page, item, options));
    expect(found.page).toBe(page);
    expect(found.item).toBe(item);
    expect(Object.fromEntries(found.options)).toEqual(options);
  });

  it.each(['', '#', '#/', '#/nowhere/else', '#/../etc', '#//'])('leads home from %j', (hash) => {
    expect(parseRoute(hash)).toMatchObject({ page: 'home', item: null });
  });

  it('opens the page without an item when the address is broken', () => {
    expect(parseRoute('#/recordings/%E0%A4%A')).toMatchObject({ page: 'recordings', item: null });
  });
});
