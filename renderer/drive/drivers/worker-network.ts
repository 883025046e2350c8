import type { ModelFiles } from '../../../evaluation/drivers/machine.ts';
import type { OpenedNetwork, Policy } from '../../../models/policy/policy.ts';
import { Caller } from '../../../sim/calls/caller.ts';
import type { DriverCalls } from '../../workers/driver.worker.ts';
import { workerPort } from '../../workers/port.ts';

/**
 * A network that runs in a worker of its own, so that the page stays quick.
 * @throws Refusal when the model is damaged
 */
export async function openWorkerNetwork({ files, reference }: ModelFiles): Promise<OpenedNetwork> {
  const worker = new Worker(new URL('../../workers/driver.worker.ts', import.meta.url), { type: 'module' });
  const caller = new Caller<DriverCalls>(workerPort(worker));
  let policies = 0;
  try {
    const { backend, spec } = await caller.call('open', { files, reference });
    return {
      backend,
      spec,
      createPolicy: () => policyInWorker(caller, policies++),
      close: () => caller.end(),
    };
  } catch (error) {
    caller.end();
    throw error;
  }
}

function policyInWorker(caller: Caller<DriverCalls>, policy: number): Policy {
  // Calls arrive in order, so nothing waits for these; should the worker have ended, the next step says so.
  const tell = (what: 'reset' | 'dispose'): void => void caller.call(what, { policy }).catch(() => undefined);
  return {
    reset: () => tell('reset'),
    step: (frame, speed) => {
      if ('texture' in frame) throw new RangeError('a worker has a graphics device of its own');
      return caller.call('step', { policy, frame, speed });
    },
    dispose: () => tell('dispose'),
  };
}
