import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { DataType, NamedTensorInfoMap, TensorInfo } from '../tf.ts';

/** What a kernel is called with on the `wasm` backend. */
export interface WasmKernelArguments<Attributes> {
  readonly inputs: NamedTensorInfoMap;
  readonly attrs: Attributes;
  readonly backend: BackendWasm;
}

/**
 * The numbers of a float32 tensor, where they lie in the backend's memory.
 *
 * The view dies as soon as the backend allocates (its memory may grow and move): make all outputs first, view them after.
 */
export function view(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** A float32 tensor whose numbers are not set yet. */
export function allocate(backend: BackendWasm, shape: readonly number[], dtype: DataType = 'float32'): TensorInfo {
  return backend.makeOutput([...shape], dtype as 'float32');
}

/** All of the backend's memory, as bytes; dies as `view` does. */
export function heapBytes(backend: BackendWasm): Uint8Array {
  return (backend.wasm as unknown as { HEAPU8: Uint8Array }).HEAPU8;
}
