import type { DriverNeed } from './machine.ts';

/** What the command line has for drivers. A person has no wheel there. */
export const COMMAND_LINE_OFFERS: ReadonlySet<DriverNeed> = new Set(['folders', 'library', 'network']);

/** What a page has. Paths of a machine mean nothing to it. */
export const PAGE_OFFERS: ReadonlySet<DriverNeed> = new Set(['person', 'library', 'network']);

/** What a job that a page starts may have: its driver is named by word or by id, never by a path. */
export const JOB_OFFERS: ReadonlySet<DriverNeed> = new Set(['library', 'network']);
