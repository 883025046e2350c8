import { expect, it } from 'vitest';
import { newJobSchema } from '../../host-api/contract.ts';
import { ownSuites, takeInSuite } from './own-suites.ts';

const fileOf = (change: object = {}) =>
  new File(
    [JSON.stringify({ version: 1, name: 'mine', description: 'Mine.', episodes: [EPISODE], ...change })],
    'my.json',
  );
const EPISODE = { track: 'country:7', seed: 7, route: 100 };

it('keeps the newest suite of a name, as the host takes it', async () => {
  expect(await takeInSuite(fileOf())).toBe('mine');
  await takeInSuite(fileOf({ description: 'Better.', episodes: [EPISODE, { ...EPISODE, seed: 8 }] }));
  expect(ownSuites.value).toMatchObject([{ name: 'mine', description: 'Better.', episodes: 2 }]);
  const job = { kind: 'evaluate', model: 'expert', suite: ownSuites.value[0]!.document };
  expect(newJobSchema.parse(job)).toEqual(job);
});

it('refuses what is no suite, and keeps nothing of it', async () => {
  await expect(takeInSuite(fileOf({ name: 'other', episodes: [{ ...EPISODE, rout: 1 }] }))).rejects.toThrow(
    /^my\.json: episodes\.0\.rout: there is no such field; did you mean route\?/,
  );
  await expect(takeInSuite(new File([new Uint8Array(3e6)], 'big.json'))).rejects.toThrow(/big\.json: is too large/);
  expect(ownSuites.value.map(({ name }) => name)).toEqual(['mine']);
});

it('takes a file in UTF-16', async () => {
  const text = `\uFEFF${await fileOf({ name: 'wide' }).text()}`;
  const wide = new File([Uint16Array.from(text, (letter) => letter.charCodeAt(0))], 'wide.json');
  expect(await takeInSuite(wide)).toBe('wide');
});
