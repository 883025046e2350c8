import type { TensorInfo } from '../../tf.ts';
import { flushTiny } from '../recurrent/flush-tiny.ts';
import { allocate, view, type WasmKernelArguments } from '../wasm-heap.ts';
import type { SimdKernels } from './instance.ts';
import { pointer } from './memory.ts';

/** The kernels work on four units at a time. */
export function simdLstmFits(units: number): boolean {
  return units % 4 === 0;
}

/** As `lstmForward` of recurrent/lstm-numbers.ts. */
export function simdLstmForward(kernels: SimdKernels, { backend, inputs }: WasmKernelArguments<unknown>): TensorInfo[] {
  const { projected, recurrent, initialHidden, initialCell } = inputs as Record<string, TensorInfo>;
  const [batch, time, width] = projected!.shape as [number, number, number];
  const units = width / 4;
  const outputs = [units, units, width].map((size) => allocate(backend, [batch, time, size]));
  const at = (tensor: TensorInfo | undefined): number => pointer(backend, tensor!);
  const [hidden, cell, gates] = outputs.map(at) as [number, number, number];
  const state = [at(initialHidden), at(initialCell)] as const;
  kernels.lstmForward(at(projected), at(recurrent), ...state, batch, time, units, hidden, cell, gates);
  return outputs;
}

/** As `lstmBackward` of recurrent/lstm-numbers.ts. */
export function simdLstmBackward(
  kernels: SimdKernels,
  { backend, inputs }: WasmKernelArguments<unknown>,
): TensorInfo[] {
  const { recurrent, initialCell, cell, gates, hiddenGradient, cellGradient } = inputs as Record<string, TensorInfo>;
  const [batch, time, units] = cell!.shape as [number, number, number];
  const shapes = [
    [batch, time, 4 * units],
    [batch, units],
    [batch, units],
  ];
  const outputs = shapes.map((shape) => allocate(backend, shape));
  const at = (tensor: TensorInfo | undefined): number => pointer(backend, tensor!);
  const [projected, dh, dc] = outputs.map(at) as [number, number, number];
  const forward = [at(recurrent), at(initialCell), at(cell), at(gates)] as const;
  kernels.lstmBackward(...forward, at(hiddenGradient), at(cellGradient), batch, time, units, projected, dh, dc);
  for (const output of outputs) flushTiny(view(backend, output));
  return outputs;
}
