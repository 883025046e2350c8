import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '../../tf.ts';
import { allocate } from '../wasm-heap.ts';

/** Where a tensor's numbers lie in the backend's memory [bytes]. */
export function pointer(backend: BackendWasm, tensor: TensorInfo): number {
  return backend.getMemoryOffset(tensor.dataId);
}

/** Sets all numbers of a float32 tensor to zero. */
export function clear(backend: BackendWasm, tensor: TensorInfo): TensorInfo {
  (backend.typedArrayFromHeap(tensor) as Float32Array).fill(0);
  return tensor;
}

/** Memory for the time of a kernel. */
export class Scratch {
  readonly #backend: BackendWasm;
  readonly #tensors: TensorInfo[] = [];

  constructor(backend: BackendWasm) {
    this.#backend = backend;
  }

  /** @returns address of so many numbers, not set yet */
  take(numbers: number): number {
    const tensor = allocate(this.#backend, [numbers]);
    this.#tensors.push(tensor);
    return pointer(this.#backend, tensor);
  }

  release(): void {
    for (const { dataId } of this.#tensors) this.#backend.disposeData(dataId);
    this.#tensors.length = 0;
  }
}
