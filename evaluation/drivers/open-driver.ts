import type { BackendName } from '../../models/backend/open-backend.ts';
import type { ModelSpec } from '../../models/spec.ts';
import type { Driver } from '../../sim/drivers/driver.ts';
import type { CarCameras } from '../drive/car-cameras.ts';
import type { DriverSource } from '../files/evaluation.ts';
import type { DriverKind, PreparedDriver } from './driver-kind.ts';
import type { DriverMachine } from './machine.ts';
import { parseReference } from './reference.ts';

/** A driver that was opened from its reference, with what it needs of the machine. */
export interface OpenedDriver<Eyes extends CarCameras = CarCameras> {
  /** e.g. `expert`, or the model's name. */
  readonly name: string;
  /** Backend of the network; `none` without one. */
  readonly backend: BackendName | 'none';
  /** Adapter that draws, in words; `none` without cameras. */
  readonly adapter: string;
  /** The reference that finds it again, and a digest of what it is made of: what a verification compares. */
  readonly identity: DriverSource;
  readonly cameras?: Eyes;
  /** Its network, told completely; absent without one. */
  readonly spec?: ModelSpec;
  /** A driver for one episode. Drivers of the same model share its weights and nothing else. */
  createDriver(): Driver;
  /** Frees the network, and gives back the devices that were opened for it. */
  close(): void;
}

export interface OpenDriverOptions {
  /** Open cameras even for a driver that does not look. */
  readonly cameras?: boolean;
  /** Kinds that there are, instead of those that are registered. */
  readonly kinds?: readonly DriverKind[];
}

/**
 * Opens the driver that a reference names.
 * @throws Refusal for a reference that names nothing, a model that is missing or damaged, or a device that is not to be had
 */
export async function openDriver<Eyes extends CarCameras>(
  text: string,
  machine: DriverMachine<Eyes>,
  { cameras = false, kinds }: OpenDriverOptions = {},
): Promise<OpenedDriver<Eyes>> {
  const { kind, argument } = parseReference(text, machine.offers, kinds);
  if (kind.prepare === undefined) throw new Error(`a ${kind.name} is seated, not opened`);
  return openPrepared(await kind.prepare(argument, machine), machine, kind.looks || cameras);
}

/**
 * Opens a driver of one's own, which no reference names.
 * @param createDriver makes one for each episode
 * @throws Refusal when it looks and there is nothing to draw with
 */
export async function openOwnDriver<Eyes extends CarCameras>(
  createDriver: () => Driver,
  machine: DriverMachine<Eyes>,
  { cameras = false }: Pick<OpenDriverOptions, 'cameras'> = {},
): Promise<OpenedDriver<Eyes>> {
  const first = createDriver();
  const { name, needsFrames } = first;
  first.dispose?.();
  const prepared = { name, identity: { path: name, digest: null }, open: async () => ({ createDriver }) };
  return openPrepared(prepared, machine, needsFrames || cameras);
}

async function openPrepared<Eyes extends CarCameras>(
  { name, identity, open }: PreparedDriver,
  machine: DriverMachine<Eyes>,
  looks: boolean,
): Promise<OpenedDriver<Eyes>> {
  const { backend = 'none', spec, createDriver, close } = await open();
  const eyes = looks ? await machine.openCameras?.() : undefined;
  return {
    name,
    backend,
    adapter: eyes?.adapter ?? 'none',
    identity,
    ...(eyes && { cameras: eyes.cameras }),
    ...(spec && { spec }),
    createDriver,
    close() {
      close?.();
      machine.close?.();
    },
  };
}
