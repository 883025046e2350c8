import * as drivers from '../../../evaluation/drivers/open-driver.ts';
import type { BackendName } from '../../../models/backend/open-backend.ts';
import type { Driver } from '../../../sim/drivers/driver.ts';
import type { Cameras } from '../../machine/cameras/cameras.ts';
import { nodeMachine } from './node-machine.ts';

/** A driver that was opened on this machine. */
export type OpenedDriver = drivers.OpenedDriver<Cameras>;

export interface OpenDriverOptions extends drivers.OpenDriverOptions {
  /** Backend for a model's network. Default `auto`. */
  readonly backend?: BackendName | 'auto';
}

/**
 * Opens a driver on this machine: the one that a reference names (`expert`, `default`, a model folder, and what else
 * `evaluation/drivers/registry.ts` lists), or one of one's own by what makes it. Whoever opens it closes it.
 * @throws Refusal when there is no such driver or model, or no adapter to draw for it
 */
export function openDriver(
  driver: string | (() => Driver),
  { backend, ...options }: OpenDriverOptions = {},
): Promise<OpenedDriver> {
  const machine = nodeMachine(backend);
  if (typeof driver === 'string') return drivers.openDriver(driver, machine, options);
  return drivers.openOwnDriver(driver, machine, options);
}
