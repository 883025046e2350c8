import type * as wasmPackage from '@tensorflow/tfjs-backend-wasm';
import { Refusal } from '../../sim/refusal.ts';
import { registerFusedGradients } from '../kernels/fused-gradients.ts';
import { registerGradients } from '../kernels/gradients/register.ts';
import { registerOptimiserKernel } from '../kernels/optimiser-step.ts';
import { registerLstmKernels } from '../kernels/recurrent/lstm-kernels.ts';
import { registerWasmKernels } from '../kernels/register.ts';
import { useWebgpuKernels } from '../kernels/webgpu/register.ts';
import * as tf from '../tf.ts';
import { measureForward } from './measure-forward.ts';

/** A way to compute. `webgpu` needs a device, `wasm` the package's binaries, `cpu` nothing (and is slow). */
export type BackendName = 'wasm' | 'webgpu' | 'cpu';

/** The names, for messages and option lists. */
export const BACKEND_NAMES = ['wasm', 'webgpu', 'cpu'] as const satisfies readonly BackendName[];

export interface BackendOptions {
  /** `auto` (the default) measures a small forward pass on every backend that is present and takes the quickest. */
  readonly backend?: BackendName | 'auto';
  /** The device to share; without it `webgpu` is not present. */
  readonly device?: GPUDevice;
  /** `stock`: tfjs' own kernels on `webgpu`, for a driver that ours do not suit. Default `ours`. */
  readonly webgpuKernels?: 'ours' | 'stock';
  /** Folder (ending in `/`) or file map with the `.wasm` binaries of `@tensorflow/tfjs-backend-wasm`. */
  readonly wasmPaths?: string | Record<string, string>;
}

export interface OpenedBackend {
  readonly name: BackendName;
  /** Milliseconds of the small forward pass, per backend tried; empty unless `auto` chose. */
  readonly measured: Readonly<Partial<Record<BackendName, number>>>;
}

/**
 * Starts a backend and makes it tfjs' current one, with the kernels of ours that training needs.
 * tfjs has one current backend per process (or worker).
 * @throws Refusal when the backend wanted is not present or does not start
 */
export async function openBackend(options: BackendOptions = {}): Promise<OpenedBackend> {
  const wanted = options.backend ?? 'auto';
  if (wanted !== 'auto') {
    await start(wanted, options);
    return { name: wanted, measured: {} };
  }
  const measured: Partial<Record<BackendName, number>> = {};
  const candidates: BackendName[] = options.device === undefined ? ['wasm'] : ['wasm', 'webgpu'];
  for (const name of candidates) {
    try {
      await start(name, options);
    } catch (error) {
      if (error instanceof Refusal) continue;
      throw error;
    }
    measured[name] = await measureForward();
  }
  const quickest = candidates
    .filter((name) => measured[name] !== undefined)
    .sort((a, b) => measured[a]! - measured[b]!)[0];
  await start(quickest ?? 'cpu', options);
  return { name: quickest ?? 'cpu', measured };
}

async function start(name: BackendName, options: BackendOptions): Promise<void> {
  if (name === 'wasm') await registerWasm(options);
  else if (name === 'webgpu') await registerWebgpu(options);
  else if (name === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  else throw new Refusal('unknown-backend', name, 'no such backend', `choose one of ${BACKEND_NAMES.join(', ')}, auto`);
  // Keeps tfjs from advertising another of its packages on stderr.
  tf.env().set('PROD', true);
  let started = false;
  try {
    started = await tf.setBackend(name);
  } catch (error) {
    throw new Refusal('backend-start', name, `the backend does not start (${String(error)})`, 'choose another backend');
  }
  if (!started) throw new Refusal('backend-start', name, 'the backend does not start', 'choose another backend');
  await tf.ready();
  registerGradients();
  registerLstmKernels(name);
  registerOptimiserKernel(name);
  registerFusedGradients();
  if (name === 'wasm') await registerWasmKernels();
  if (name === 'webgpu') useWebgpuKernels(options.webgpuKernels ?? 'ours');
}

let wasm: typeof wasmPackage | undefined;

async function registerWasm(options: BackendOptions): Promise<void> {
  const first = wasm === undefined;
  wasm ??= await import('@tensorflow/tfjs-backend-wasm');
  // The paths are read when the backend starts, which happens once.
  if (first && options.wasmPaths !== undefined) wasm.setWasmPaths(options.wasmPaths);
}

let sharedDevice: GPUDevice | undefined;

/** tfjs looks its kernels up by the backend's name: on a shared device it must be called `webgpu` all the same. */
async function registerWebgpu(options: BackendOptions): Promise<void> {
  const { device } = options;
  if (device === undefined) {
    if (sharedDevice !== undefined) return;
    throw new Refusal('no-gpu-device', 'webgpu', 'there is no GPU device to compute on', 'choose the backend wasm');
  }
  if (device === sharedDevice) return;
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  // The package registers itself only where it finds a `navigator.gpu`, which Node does not have.
  if (tf.findBackendFactory('webgpu') != null) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device), 3);
  sharedDevice = device;
}
