import { backend_util, slice_util, type TensorInfo, util } from '../../tf.ts';
import { allocate, type WasmKernelArguments } from '../wasm-heap.ts';
import { copyBlock } from './copy-block.ts';

/** A block of a tensor: tfjs copies it number by number on this backend. */
export function slice({
  backend,
  attrs,
  inputs,
}: WasmKernelArguments<{ begin: number[]; size: number[] }>): TensorInfo {
  const x = inputs.x!;
  const [begin, size] = slice_util.parseSliceParams(x as never, attrs.begin, attrs.size) as [number[], number[]];
  slice_util.assertParamsValid(x as never, begin, size);
  const out = allocate(backend, size, x.dtype);
  if (util.sizeFromShape(size) > 0) copyBlock(backend, x, begin, size, out);
  return out;
}

/** Blocks side by side along an axis. */
export function split({
  backend,
  attrs,
  inputs,
}: WasmKernelArguments<{ numOrSizeSplits: number[] | number; axis: number }>): TensorInfo[] {
  const x = inputs.x!;
  const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const lengths = backend_util.prepareSplitSize(x as never, attrs.numOrSizeSplits, axis);
  let at = 0;
  return lengths.map((length) => {
    const begin = x.shape.map((_, i) => (i === axis ? at : 0));
    const size = x.shape.map((whole, i) => (i === axis ? length : whole));
    at += length;
    const out = allocate(backend, size, x.dtype);
    copyBlock(backend, x, begin, size, out);
    return out;
  });
}

/** The slices of length one along an axis, without that axis. */
export function unpack({ backend, attrs, inputs }: WasmKernelArguments<{ axis: number }>): TensorInfo[] {
  const x = inputs.value!;
  const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!;
  return Array.from({ length: x.shape[axis]! }, (_, index) => {
    const begin = x.shape.map((__, i) => (i === axis ? index : 0));
    const size = x.shape.map((whole, i) => (i === axis ? 1 : whole));
    const out = allocate(backend, size, x.dtype);
    copyBlock(backend, x, begin, size, out);
    return { ...out, shape: x.shape.filter((__, i) => i !== axis) };
  });
}
