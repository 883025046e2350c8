import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type BackendName, type OpenedBackend, openBackend } from '../../../models/backend/open-backend.ts';
import type { Gpu } from '../gpu/gpu.ts';
import { quickestBackend } from './quickest-backend.ts';
import { asWebGpuWorker } from './webgpu-support.ts';

/** Folder of the wasm binaries, as tfjs wants it: with a separator at its end. */
function wasmFolder(): string {
  const main = fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm'));
  return path.join(path.dirname(main), path.sep);
}

/**
 * Starts the backend that runs networks in this process.
 * @param backend `auto`: the quickest of those present, by measuring once on this machine and adapter
 * @param gpu the device to share; without it `webgpu` is not to be had
 * The environment variable WHEELHOUSE_WEBGPU_KERNELS=stock leaves `webgpu` with tfjs' own kernels.
 * @throws Refusal for a backend that does not start
 */
export async function openComputing(backend: BackendName | 'auto' = 'auto', gpu?: Gpu): Promise<OpenedBackend> {
  const webgpuKernels = process.env.WHEELHOUSE_WEBGPU_KERNELS === 'stock' ? 'stock' : 'ours';
  const open = (name: BackendName | 'auto') =>
    asWebGpuWorker(() =>
      openBackend({ backend: name, wasmPaths: wasmFolder(), webgpuKernels, ...(gpu && { device: gpu.device }) }),
    );
  if (backend !== 'auto' || gpu === undefined) return open(backend);
  let opened: OpenedBackend | undefined;
  const quickest = await quickestBackend(gpu.adapter, async () => {
    opened = await open('auto');
    return opened.name;
  });
  return opened ?? open(quickest);
}
