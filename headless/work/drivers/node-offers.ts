import type { DriverNeed } from '../../../evaluation/drivers/machine.ts';

/** What a program in Node has for drivers; a person has no wheel there. */
export const NODE_OFFERS: ReadonlySet<DriverNeed> = new Set(['folders', 'library', 'network']);
