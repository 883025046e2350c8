import * as drivers from '../../../evaluation/drivers/open-driver.ts';
import type { BackendName } from '../../../models/backend/open-backend.ts';
import type { Cameras } from '../../machine/cameras/cameras.ts';
import { nodeMachine } from './node-machine.ts';

/** A driver that was opened on this machine. */
export type OpenedDriver = drivers.OpenedDriver<Cameras>;

export interface OpenDriverOptions extends drivers.OpenDriverOptions {
  /** Backend for a model's network. Default `auto`. */
  readonly backend?: BackendName | 'auto';
}

/**
 * Opens the driver that a reference names, on this machine: `expert`, `default`, a model folder, and what else
 * `evaluation/drivers/registry.ts` lists.
 * @throws Refusal when there is no such driver or model, or no adapter to draw for it
 */
export function openDriver(reference: string, { backend, ...options }: OpenDriverOptions = {}): Promise<OpenedDriver> {
  return drivers.openDriver(reference, nodeMachine(backend), options);
}
