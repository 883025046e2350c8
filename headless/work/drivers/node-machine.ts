import path from 'node:path';
import type { DriverMachine, ModelFiles, ModelPlace } from '../../../evaluation/drivers/machine.ts';
import { COMMAND_LINE_OFFERS } from '../../../evaluation/drivers/offers.ts';
import { unknownDriver } from '../../../evaluation/drivers/reference.ts';
import { kindsFor } from '../../../evaluation/drivers/registry.ts';
import { checkId, isId } from '../../../host-api/names.ts';
import type { BackendName } from '../../../models/backend/open-backend.ts';
import { decodeModel } from '../../../models/files/decode-model.ts';
import { createPolicy, type OpenedNetwork } from '../../../models/policy/policy.ts';
import { Cameras } from '../../machine/cameras/cameras.ts';
import { openComputing } from '../../machine/computing/open-computing.ts';
import { describeAdapter, type Gpu } from '../../machine/gpu/gpu.ts';
import { openGpu } from '../../machine/gpu/open.ts';
import { builtinModels, libraryFolder } from '../library/library-folder.ts';
import { isThere, readModelFolder } from '../models/model-folder.ts';

/**
 * This machine, for the drivers of one command. World and network share one graphics device.
 * @param backend what runs networks; `auto` measures
 */
export function nodeMachine(backend: BackendName | 'auto' = 'auto'): DriverMachine<Cameras> {
  let opening: Promise<Gpu> | undefined;
  const gpu = () => (opening ??= openGpu());
  return {
    offers: COMMAND_LINE_OFFERS,
    readModel,
    openNetwork: async (model) => openNetwork(model, backend, await gpu()),
    async openCameras() {
      const opened = await gpu();
      return { cameras: await Cameras.open(opened), adapter: describeAdapter(opened.adapter) };
    },
    close: () => void opening?.then((opened) => opened.close()),
  };
}

async function readModel(place: ModelPlace): Promise<ModelFiles> {
  const folder = await folderOf(place);
  const { name, files } = await readModelFolder(folder);
  return { name, reference: folder === 'default' ? folder : path.resolve(folder), files };
}

/** As `readModelFolder` takes it. */
async function folderOf(place: ModelPlace): Promise<string> {
  switch (place.kind) {
    case 'shipped':
      return 'default';
    case 'library':
      return libraryModel(checkId('model', place.id));
    case 'folder': {
      if (await isThere(place.path)) return place.path;
      const inLibrary = isId(place.path) ? libraryModel(place.path) : undefined;
      if (inLibrary !== undefined && (await isThere(inLibrary))) return inLibrary;
      const tried = ['no such model folder', 'no driver of that name', `no such model in ${libraryFolder()}`];
      throw unknownDriver(
        place.path,
        inLibrary === undefined ? tried.slice(0, 2) : tried,
        kindsFor(COMMAND_LINE_OFFERS),
      );
    }
  }
}

function libraryModel(id: string): string {
  const builtin = builtinModels();
  return Object.hasOwn(builtin, id) ? builtin[id]! : path.join(libraryFolder(), 'models', id);
}

async function openNetwork(model: ModelFiles, backend: BackendName | 'auto', gpu: Gpu): Promise<OpenedNetwork> {
  const { name } = await openComputing(backend, gpu);
  const { network } = decodeModel(model.files, model.reference);
  return {
    backend: name,
    spec: network.spec,
    createPolicy: () => createPolicy(network),
    close: () => network.dispose(),
  };
}
