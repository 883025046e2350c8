import { createDrowsy } from '../../../sim/drivers/drowsy.ts';
import { simpleKind } from '../driver-kind.ts';

export const DROWSY = simpleKind({
  name: 'drowsy',
  label: 'Drowsy',
  hint: 'nods off at times',
  description: 'an expert that nods off now and then, to record the ways back',
  createDriver: () => createDrowsy(),
});
