import type { DriverMachine, ModelFiles, ModelPlace } from '../../../evaluation/drivers/machine.ts';
import { PAGE_OFFERS } from '../../../evaluation/drivers/offers.ts';
import { openDriver } from '../../../evaluation/drivers/open-driver.ts';
import type { Driver } from '../../../sim/drivers/driver.ts';
import { readLibraryModel } from '../../host/read-model.ts';
import { isPerson } from './page-drivers.ts';
import { openWorkerNetwork } from './worker-network.ts';

/** This page, for drivers: models come from the library, and run in a worker. Whoever drives has cameras already. */
const PAGE: DriverMachine = { offers: PAGE_OFFERS, readModel, openNetwork: openWorkerNetwork };

/**
 * Opens the driver that a reference names.
 * @returns null for a person, who drives by hand
 * @throws Refusal when there is no such driver or model, or the model is damaged
 */
export async function openPageDriver(reference: string): Promise<Driver | null> {
  if (isPerson(reference)) return null;
  const opened = await openDriver(reference, PAGE);
  return closedWith(opened.createDriver(), opened.close);
}

async function readModel(place: ModelPlace): Promise<ModelFiles> {
  if (place.kind === 'folder') throw new Error('a page reaches no folders');
  return readLibraryModel(place.kind === 'shipped' ? 'default' : place.id);
}

/** A driver that takes with it what it was opened with. */
function closedWith(driver: Driver, close: () => void): Driver {
  return {
    name: driver.name,
    needsFrames: driver.needsFrames,
    start: (view) => driver.start(view),
    drive: (observation) => driver.drive(observation),
    relocated: () => driver.relocated?.(),
    dispose() {
      driver.dispose?.();
      close();
    },
  };
}
