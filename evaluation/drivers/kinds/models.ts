import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { MODEL_FILE, WEIGHTS_FILE } from '../../../models/files/model-format.ts';
import { createModelDriver } from '../../../models/policy/model-driver.ts';
import type { DriverKind } from '../driver-kind.ts';
import type { ModelFiles, ModelPlace } from '../machine.ts';

/** The model that comes along. */
export const SHIPPED_MODEL = modelKind(
  {
    name: 'default',
    label: 'Default',
    hint: 'comes along',
    description: 'the model that comes along',
    needs: ['network'],
  },
  () => ({ kind: 'shipped' }),
);

/** A model of the library, by its id. Where no folders are named, the id alone will do. */
export const LIBRARY_MODEL = modelKind(
  {
    name: 'model',
    label: 'Model',
    hint: 'of the library',
    description: 'a model of the library, by its id',
    argument: '<id>',
    bare: true,
    needs: ['library', 'network'],
  },
  (id) => ({ kind: 'library', id }),
);

/** A model in a folder of this machine. */
export const FOLDER_MODEL = modelKind(
  {
    name: 'folder',
    label: 'Folder',
    hint: 'a model folder',
    description: 'a model by its folder; where there is no such folder, by its id in the library',
    argument: '<model folder>',
    bare: true,
    needs: ['folders', 'network'],
  },
  (path) => ({ kind: 'folder', path }),
);

type ModelKind = Omit<DriverKind, 'looks' | 'check' | 'prepare'>;

function modelKind(kind: ModelKind, placeOf: (argument: string) => ModelPlace): DriverKind {
  return {
    ...kind,
    looks: true,
    async prepare(argument, machine) {
      const model = await machine.readModel(placeOf(argument));
      return {
        name: model.name,
        identity: { path: model.reference, digest: digestOf(model) },
        async open() {
          const { backend, spec, createPolicy, close } = await machine.openNetwork(model);
          return { backend, spec, createDriver: () => createModelDriver(model.name, createPolicy()), close };
        },
      };
    },
  };
}

/** SHA-256 over the model's files, in hexadecimal. */
function digestOf({ files }: ModelFiles): string {
  const digest = sha256.create();
  for (const name of [MODEL_FILE, WEIGHTS_FILE]) digest.update(files.get(name) ?? new Uint8Array());
  return bytesToHex(digest.digest());
}
