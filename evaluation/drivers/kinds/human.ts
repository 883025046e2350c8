import type { DriverKind } from '../driver-kind.ts';

/** A person at the wheel. Whoever has a seat for one seats them; there is nothing to open. */
export const HUMAN: DriverKind = {
  name: 'human',
  label: 'You',
  hint: 'keys, mouse, wheel',
  description: 'you, in the Drive page',
  needs: ['person'],
};
