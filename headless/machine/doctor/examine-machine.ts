import os from 'node:os';
import { BACKEND_NAMES, type BackendName } from '../../../models/backend/open-backend.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { GpuSurvey } from '../gpu/survey.ts';
import { packageInfo } from '../package-info.ts';
import { findElectron, type InstalledElectron } from './find-electron.ts';

/** How a backend does here. */
export interface BackendCheck {
  readonly name: BackendName;
  /** Best time of a small forward pass with its result read back; null when the backend does not start [ms]. */
  readonly milliseconds: number | null;
  /** Why it does not start. */
  readonly reason?: string;
}

/** What this machine can do. */
export interface MachineReport {
  readonly node: { readonly version: string; readonly needed: string; readonly enough: boolean };
  readonly system: string;
  readonly cores: number;
  readonly gpu: GpuSurvey;
  readonly backends: readonly BackendCheck[];
  readonly browser: { readonly program: string; readonly version: string; readonly source: string } | null;
  readonly electron: InstalledElectron | null;
  /** Frames can be drawn and networks can be run. */
  readonly ready: boolean;
}

/** Tries what there is rather than asking whether it is there. */
export async function examineMachine(signal?: AbortSignal): Promise<MachineReport> {
  const { surveyGpu } = await import('../gpu/survey.ts');
  const gpu = await surveyGpu();
  signal?.throwIfAborted();
  const backends = await tryBackends(gpu, signal);
  const node = nodeVersion();
  return {
    node,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    cores: os.availableParallelism(),
    gpu,
    backends,
    browser: await browser(),
    electron: findElectron() ?? null,
    ready: node.enough && gpu.used !== undefined && backends.some((backend) => backend.milliseconds !== null),
  };
}

async function tryBackends(survey: GpuSurvey, signal?: AbortSignal): Promise<BackendCheck[]> {
  const { openGpu } = await import('../gpu/open.ts');
  const { openComputing } = await import('../computing/open-computing.ts');
  const { measureForward } = await import('../../../models/backend/measure-forward.ts');
  let gpu: Gpu | undefined;
  if (survey.used !== undefined) gpu = await openGpu();
  const checks: BackendCheck[] = [];
  try {
    for (const name of BACKEND_NAMES) {
      signal?.throwIfAborted();
      try {
        await openComputing(name, gpu);
        checks.push({ name, milliseconds: await measureForward() });
      } catch (error) {
        // Whatever it is that keeps a backend from starting, this is the place to say it.
        checks.push({ name, milliseconds: null, reason: error instanceof Error ? error.message : String(error) });
      }
    }
  } finally {
    gpu?.close();
  }
  return checks;
}

function nodeVersion(): MachineReport['node'] {
  const version = process.versions.node;
  const needed = packageInfo.engines.node;
  const least = needed.replace(/^\D+/, '').split('.').map(Number);
  const here = version.split('.').map(Number);
  const enough = here[0]! > least[0]! || (here[0] === least[0] && here[1]! >= (least[1] ?? 0));
  return { version, needed, enough };
}

async function browser(): Promise<MachineReport['browser']> {
  const { findBrowser } = await import('../browser/find.ts');
  try {
    const { program, version, source } = await findBrowser();
    return { program, version, source };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
