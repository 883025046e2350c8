import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type BackendName, openBackend } from '../backend/open-backend.ts';

/** Starts a backend from the installed packages: for tests and benchmarks, which run in Node. */
export async function openForTests(backend: BackendName): Promise<void> {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  await openBackend({ backend, wasmPaths: join(dirname(main), '/') });
}
