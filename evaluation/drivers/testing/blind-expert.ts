import { createExpert } from '../../../sim/drivers/expert.ts';
import type { OpenedDriver } from '../open-driver.ts';

/** The expert as it is opened on a machine without a graphics device. */
export const BLIND_EXPERT: OpenedDriver = {
  name: 'expert',
  backend: 'none',
  adapter: 'none',
  identity: { path: 'expert', digest: null },
  createDriver: createExpert,
  close() {},
};
