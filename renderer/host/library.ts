import { host } from './host.ts';
import { listing } from './listing.ts';

/** What the library holds, as the pages show it. */
export const recordings = listing(() => host.recordings());
export const models = listing(() => host.models());
export const runs = listing(() => host.runs());
export const suites = listing(() => host.suites());
export const evaluations = listing(() => host.evaluations());
