import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type TensorInfo, util } from '../../tf.ts';
import { heapBytes } from '../wasm-heap.ts';

/** Runs of fewer bytes are copied number by number: a call for each costs more than its numbers. */
const SHORT = 64;

/**
 * Copies the block of `size` from `begin` of a tensor to the start of another's memory, whose shape is `size`.
 * All dtypes but strings.
 */
export function copyBlock(
  backend: BackendWasm,
  from: TensorInfo,
  begin: readonly number[],
  size: readonly number[],
  to: TensorInfo,
): void {
  const { shape } = from;
  const bytes = util.bytesPerElement(from.dtype);
  // Axes at the end that are taken whole lie in one run, with the one before them.
  let axis = shape.length - 1;
  while (axis > 0 && size[axis] === shape[axis]) axis -= 1;
  const inner = util.sizeFromShape(shape.slice(axis + 1));
  const run = (size[axis] ?? 1) * inner * bytes;
  const outer = size.slice(0, Math.max(0, axis));
  const strides = util.computeStrides([...shape, 1]);
  const step = outer.map((_, i) => strides[i]! * bytes);
  const start = begin.reduce((sum, first, i) => sum + first * strides[i]! * bytes, 0);
  const heap = heapBytes(backend);
  const source = backend.getMemoryOffset(from.dataId) + start;
  let write = backend.getMemoryOffset(to.dataId);
  const counters = outer.map(() => 0);
  const words = run < SHORT && bytes === 4 ? new Int32Array(heap.buffer) : undefined;
  let read = source;
  for (let left = util.sizeFromShape(outer); left > 0; left--) {
    if (words === undefined) {
      heap.copyWithin(write, read, read + run);
    } else {
      for (let i = 0, a = read >>> 2, b = write >>> 2; i < run >>> 2; i++) words[b + i] = words[a + i]!;
    }
    write += run;
    for (let i = outer.length - 1; i >= 0; i--) {
      read += step[i]!;
      counters[i]! += 1;
      if (counters[i]! < outer[i]!) break;
      read -= step[i]! * outer[i]!;
      counters[i] = 0;
    }
  }
}
