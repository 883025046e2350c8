import { expect, it } from 'vitest';
import { nearestNames, unknownName } from './nearest-name.ts';

it('puts the likest names first, and equals in the order given', () => {
  expect(nearestNames('smoek', ['weather', 'smoke', 'traffic', 'smoky'])).toEqual([
    'smoke',
    'smoky',
    'weather',
    'traffic',
  ]);
});

it('refuses an unknown name with the one that may have been meant', () => {
  expect(unknownName('suite', 'smoek', ['smoke', 'standard'])).toMatchObject({
    code: 'unknown-suite',
    message: 'suite smoek: there is no such suite; did you mean smoke? There are smoke, standard',
  });
});
