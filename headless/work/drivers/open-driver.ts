import type { BackendName } from '../../../models/backend/open-backend.ts';
import type { Network } from '../../../models/network/network.ts';
import type { Driver } from '../../../sim/drivers/driver.ts';
import { createExpert } from '../../../sim/drivers/expert.ts';
import { Cameras } from '../../machine/cameras/cameras.ts';
import { openComputing } from '../../machine/computing/open-computing.ts';
import { describeAdapter } from '../../machine/gpu/gpu.ts';
import { openGpu } from '../../machine/gpu/open.ts';
import { readModelFolder } from '../models/model-folder.ts';

export interface OpenDriverOptions {
  /** Backend for a model's network. Default `auto`. */
  readonly backend?: BackendName | 'auto';
  /** Open cameras even for a driver that does not look. */
  readonly cameras?: boolean;
}

/** A driver as the command line names it, with the machine that it needs. */
export interface OpenedDriver {
  /** `expert`, or the model's name. */
  readonly name: string;
  /** Backend of the network; `none` without one. */
  readonly backend: BackendName | 'none';
  /** Adapter that draws, in words; `none` without cameras. */
  readonly adapter: string;
  readonly cameras?: Cameras;
  /** The model's network; absent for drivers without one. */
  readonly network?: Network;
  /** A driver for one episode. Drivers of the same model share its weights and nothing else. */
  createDriver(): Driver;
}

/**
 * Opens a driver: `expert`, `default` (the shipped model) or a model folder.
 * @throws Refusal when there is no such model, or no adapter to draw for it
 */
export async function openDriver(name: string, options: OpenDriverOptions = {}): Promise<OpenedDriver> {
  if (name === 'expert') {
    const machine = options.cameras ? await openCameras() : { adapter: 'none' };
    return { name, backend: 'none', ...machine, createDriver: () => createExpert() };
  }
  // The files are checked before a device is opened, so that a wrong path is answered at once.
  const folder = await readModelFolder(name);
  const { cameras, adapter } = await openCameras();
  const { name: backend } = await openComputing(options.backend, cameras.gpu);
  const { createDriver, network } = folder.open();
  return { name: folder.name, backend, adapter, cameras, network, createDriver };
}

async function openCameras(): Promise<{ cameras: Cameras; adapter: string }> {
  const gpu = await openGpu();
  return { cameras: await Cameras.open(gpu), adapter: describeAdapter(gpu.adapter) };
}
