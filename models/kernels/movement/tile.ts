import { type TensorInfo, util } from '../../tf.ts';
import { allocate, heapBytes, type WasmKernelArguments } from '../wasm-heap.ts';

/** Repeats a tensor along its axes: the last axis first, each time what is there already as a whole. */
export function tile({ backend, attrs, inputs }: WasmKernelArguments<{ reps: number[] }>): TensorInfo {
  const x = inputs.x!;
  const shape = x.shape.map((length, axis) => length * attrs.reps[axis]!);
  const out = allocate(backend, shape, x.dtype);
  const bytes = util.bytesPerElement(x.dtype);
  const heap = heapBytes(backend);
  const to = backend.getMemoryOffset(out.dataId);
  const from = backend.getMemoryOffset(x.dataId);
  // Bytes of one block below each axis, before and after repeating.
  const before = [...x.shape, 1].map((_, axis) => util.sizeFromShape(x.shape.slice(axis)) * bytes);
  const after = [...shape, 1].map((_, axis) => util.sizeFromShape(shape.slice(axis)) * bytes);
  const put = (axis: number, read: number, write: number): void => {
    if (axis === x.shape.length || (before[axis] === bytes && after[axis] === bytes)) {
      heap.copyWithin(write, read, read + bytes);
      return;
    }
    const repeated = attrs.reps.slice(axis).some((count) => count !== 1);
    if (!repeated) {
      heap.copyWithin(write, read, read + before[axis]!);
      return;
    }
    for (let i = 0; i < x.shape[axis]!; i++) put(axis + 1, read + i * before[axis + 1]!, write + i * after[axis + 1]!);
    double(heap, write, x.shape[axis]! * after[axis + 1]!, attrs.reps[axis]!);
  };
  if (after[0]! > 0) put(0, from, to);
  return out;
}

/** Repeats a block behind itself, doubling what is copied each time. */
function double(heap: Uint8Array, start: number, length: number, count: number): void {
  let there = 1;
  while (there < count) {
    const more = Math.min(there, count - there);
    heap.copyWithin(start + there * length, start, start + more * length);
    there += more;
  }
}
