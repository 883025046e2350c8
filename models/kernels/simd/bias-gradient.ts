import type { TensorInfo } from '../../tf.ts';
import { util } from '../../tf.ts';
import { allocate, type WasmKernelArguments } from '../wasm-heap.ts';
import type { SimdKernels } from './instance.ts';
import { clear, pointer } from './memory.ts';

/** Outputs: the gradient before bias and ReLU (empty without ReLU: it is `dy` itself), and the bias's `[channel]`. */
export function simdBiasGradient(
  kernels: SimdKernels,
  { backend, attrs, inputs }: WasmKernelArguments<{ readonly relu: boolean }>,
): TensorInfo[] {
  const { dy, y } = inputs as { dy: TensorInfo; y: TensorInfo };
  const channels = dy.shape.at(-1)!;
  const before = allocate(backend, attrs.relu ? dy.shape : [0]);
  const bias = allocate(backend, [channels]);
  clear(backend, bias);
  const [to, sums] = [pointer(backend, before), pointer(backend, bias)];
  const rows = util.sizeFromShape(dy.shape) / channels;
  kernels.biasRelu(pointer(backend, dy), pointer(backend, y), rows, channels, attrs.relu ? 1 : 0, to, sums);
  return [before, bias];
}
