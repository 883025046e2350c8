import { describe, expect, it } from 'vitest';
import { refuseOtherData } from './describe-data.ts';
import type { RunData } from './run-description.ts';

const data = (sha256: string, columns: string | undefined, samples = 400, name = 'tub'): RunData => ({
  sha256: `all of ${sha256}`,
  recordings: [{ reference: { folder: 'tub' }, name, samples, sha256, ...(columns && { columns }) }],
});
const begun = data('one', 'labels');

describe('the recordings of a run that goes on', () => {
  it.each([
    ['the same', begun, { failed: false, trained: false }, undefined],
    [
      'other pictures after a failure',
      data('two', 'labels'),
      { failed: true, trained: false },
      /other pictures .* mended/,
    ],
    [
      'a bad sample less, with only the test left',
      data('two', 'others', 399),
      { failed: true, trained: true },
      /only the test/,
    ],
  ])('may be %s', (_, now, standing, note) => {
    const told = refuseOtherData('my.run', begun, now, standing);
    if (note === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(note);
  });

  it.each([
    ['other pictures without a failure', begun, data('two', 'labels'), { failed: false, trained: false }],
    ['other labels', begun, data('two', 'others'), { failed: true, trained: false }],
    ['a sample less in the middle of it', begun, data('two', 'others', 399), { failed: true, trained: false }],
    ['many samples less', begun, data('two', 'others', 300), { failed: true, trained: true }],
    ['more samples', begun, data('two', 'others', 401), { failed: true, trained: true }],
    ['another recording', begun, data('two', 'others', 399, 'other'), { failed: true, trained: true }],
    [
      'others than an earlier version noted',
      data('one', undefined),
      data('two', 'labels'),
      { failed: true, trained: false },
    ],
  ])('may not be %s', (_, before, now, standing) => {
    expect(() => refuseOtherData('my.run', before, now, standing)).toThrow(/not those that it was begun on/);
  });
});
