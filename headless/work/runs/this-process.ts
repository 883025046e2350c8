import { randomUUID } from 'node:crypto';
import os from 'node:os';
import process from 'node:process';
import type { BackendName } from '../../../models/backend/open-backend.ts';
import type { Environment } from '../../../models/runs/run-description.ts';
import type { Held, LockOptions } from '../../../models/runs/run-lock.ts';
import { version_core } from '../../../models/tf.ts';
import { packageInfo } from '../../machine/package-info.ts';

/** What trainings of this process are computed by. @param adapter graphics adapter, where the backend has one */
export function environmentHere(backend: BackendName, adapter: string | null = null): Environment {
  return {
    wheelhouse: packageInfo.version,
    tfjs: version_core,
    runtime: `Node ${process.version}`,
    platform: `${os.platform()} ${os.arch()}`,
    cpus: `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown'}`,
    backend,
    adapter,
  };
}

/** How this process asks for a run: whoever was killed on this machine is known to be gone at once. */
export function lockingHere(): LockOptions {
  const host = os.hostname();
  const { pid } = process;
  return { claim: { holder: randomUUID(), words: `process ${pid} on ${host}`, pid, host }, isGone };
}

/** Whether a holder of a run was a process of this machine that has ended. */
export function isGone({ pid, host }: Held): boolean {
  if (pid === undefined || host !== os.hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
