import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
// Registers the flag that is set below.
import '@tensorflow/tfjs-backend-wasm';
import { type BackendName, type OpenedBackend, openBackend } from '../../models/backend/open-backend.ts';
import { env } from '../../models/tf.ts';

/** The binaries of the wasm backend, wherever the bundler has put them. */
const WASM_PATHS = {
  'tfjs-backend-wasm.wasm': plainWasm,
  'tfjs-backend-wasm-simd.wasm': simdWasm,
  // Never started, but tfjs wants an address for it.
  'tfjs-backend-wasm-threaded-simd.wasm': simdWasm,
};

/** What a worker computes with. */
export interface WorkerBackend {
  readonly name: BackendName;
  /** The graphics adapter, when it is used. */
  readonly adapter: string | null;
}

/**
 * Starts tfjs in this worker. With `auto` a small forward pass decides between the graphics card and the processor; a
 * software adapter is never asked, since it only pretends to be a card.
 */
export async function openWorkerBackend(wanted: 'auto' | 'wasm' | 'webgpu' | 'cpu'): Promise<WorkerBackend> {
  // The threaded build starts its threads from blob: addresses, which the content security policy refuses; without it
  // the same request also gives the same weights as in Node.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const gpu = wanted === 'wasm' || wanted === 'cpu' ? null : await openDevice(wanted === 'webgpu');
  const opened: OpenedBackend = await openBackend({
    backend: wanted,
    wasmPaths: absolute(WASM_PATHS),
    ...(gpu && { device: gpu.device }),
  });
  return { name: opened.name, adapter: opened.name === 'webgpu' ? (gpu?.name ?? null) : null };
}

async function openDevice(evenSoftware: boolean): Promise<{ device: GPUDevice; name: string } | null> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return null;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = description || `${vendor} ${architecture}`.trim();
  if (!evenSoftware && (isFallbackAdapter || /swiftshader|llvmpipe|lavapipe/i.test(`${name} ${architecture}`)))
    return null;
  const { limits } = adapter;
  const requiredLimits = {
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxBufferSize: limits.maxBufferSize,
    maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
  };
  return { device: await adapter.requestDevice({ requiredLimits }), name };
}

/** Workers resolve addresses against their own script. */
function absolute(paths: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(paths).map(([name, path]) => [name, new URL(path, self.location.href).href]),
  );
}
