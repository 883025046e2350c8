import { createWeaving } from '../../../sim/drivers/weaving.ts';
import { simpleKind } from '../driver-kind.ts';

export const WEAVING = simpleKind({
  name: 'weaving',
  label: 'Weaving',
  hint: 'wanders in its lane',
  description: 'an expert that wanders about its lane, to record the ways back',
  createDriver: () => createWeaving(),
});
