import type { OpenedNetwork } from '../../models/policy/policy.ts';
import type { CarCameras } from '../drive/car-cameras.ts';

/**
 * What a driver may need of the program that opens it: a person's hands, folders of this machine named by path, the
 * models of the library, a device that runs networks.
 */
export type DriverNeed = 'person' | 'folders' | 'library' | 'network';

/** Where a model lies. */
export type ModelPlace =
  | { readonly kind: 'shipped' }
  | { readonly kind: 'library'; readonly id: string }
  /** A folder of this machine; where there is none, a machine with a library may take `path` for an id of it. */
  | { readonly kind: 'folder'; readonly path: string };

/** A model's files, read but not opened. */
export interface ModelFiles {
  readonly name: string;
  /** Reference by which the same model is found again. */
  readonly reference: string;
  /** By name, as `decodeModel` takes them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A machine as drivers see it: one for Node, one for a page. What is not in `offers` is never asked for. */
export interface DriverMachine<Eyes extends CarCameras = CarCameras> {
  readonly offers: ReadonlySet<DriverNeed>;
  /**
   * Reads the files of a model; no device is opened for that.
   * @throws Refusal when it is missing, an id or a path is wrong, or (where that is known already) it is damaged
   */
  readModel(place: ModelPlace): Promise<ModelFiles>;
  /** Makes a model ready to run. @throws Refusal for a damaged model, or when nothing here can run it */
  openNetwork(model: ModelFiles): Promise<OpenedNetwork>;
  /**
   * Cameras for the car of a driver that looks, and in words what draws for them; absent where whoever drives has
   * cameras already.
   * @throws Refusal when there is nothing to draw with
   */
  openCameras?(): Promise<{ readonly cameras: Eyes; readonly adapter: string }>;
  /** Gives back the devices that were opened. */
  close?(): void;
}
