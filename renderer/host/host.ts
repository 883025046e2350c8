import { createLibraryClient } from '../../host-api/client.ts';

/** The host that this page came from. Works in pages and in workers. */
export const host = createLibraryClient(globalThis.location?.origin ?? 'http://localhost');
