import type { Environment } from '../../../models/runs/run-description.ts';
import { version_core } from '../../../models/tf.ts';
import { host } from '../../host/host.ts';
import type { WorkerBackend } from '../../workers/backend.ts';

/** What trainings of this worker are computed by. */
export async function environmentHere({ name, adapter }: WorkerBackend): Promise<Environment> {
  const { version, platform } = await host.status();
  const [browser] = /(?:Electron|Chrome|Firefox)\/[\d.]+/.exec(navigator.userAgent) ?? [navigator.userAgent];
  return {
    wheelhouse: version,
    tfjs: version_core,
    runtime: browser.replace('/', ' '),
    platform,
    cpus: String(navigator.hardwareConcurrency),
    backend: name,
    adapter,
  };
}
