import { type TensorInfo, util } from '../../tf.ts';
import type { RuleSettings } from '../optimiser-rules.ts';
import { allocate, view, type WasmKernelArguments } from '../wasm-heap.ts';
import type { SimdKernels } from './instance.ts';
import { pointer } from './memory.ts';

/** Adam and AdamW without penalties are in the binary; the other rules are done on plain numbers. */
export function simdOptimiserFits({ attrs }: { attrs: unknown }): boolean {
  const { rule, l1, l2 } = attrs as RuleSettings;
  return (rule === 'adam' || rule === 'adamw') && l1 === 0 && l2 === 0;
}

/** As `stepNumbers` of training/optimiser-rules.ts, for Adam and AdamW. */
export function simdOptimiserStep(
  kernels: SimdKernels,
  { backend, attrs, inputs }: WasmKernelArguments<RuleSettings>,
): TensorInfo[] {
  const { weights, gradient, scale, m, v } = inputs as Record<string, TensorInfo>;
  const outputs = [weights!, m!, v!].map(({ shape }) => allocate(backend, shape));
  const [next, nextM, nextV] = outputs as [TensorInfo, TensorInfo, TensorInfo];
  view(backend, nextM).set(view(backend, m!));
  view(backend, nextV).set(view(backend, v!));
  const factor = view(backend, scale!)[0]!;
  if (factor === 0) {
    view(backend, next).set(view(backend, weights!));
    return outputs;
  }
  const { rule, rate, beta1, beta2, epsilon, weightDecay, step } = attrs;
  kernels.adam(
    pointer(backend, weights!),
    pointer(backend, gradient!),
    pointer(backend, nextM),
    pointer(backend, nextV),
    pointer(backend, next),
    util.sizeFromShape(weights!.shape),
    factor,
    beta1,
    beta2,
    rate / (1 - beta1 ** step),
    1 / (1 - beta2 ** step),
    epsilon,
    rule === 'adamw' ? 1 - rate * weightDecay : 1,
  );
  return outputs;
}
