import type { KernelFunc, TensorInfo } from '../../tf.ts';
import type { WebgpuBackend } from './runner.ts';

/** Buffers that every WebGPU device binds to a shader, less the one for the sum. */
const MOST_TERMS = 7;

/** tfjs binds all terms of a sum at once, however many; here they are added in groups that fit. */
export function addInGroups(
  { inputs, attrs, backend }: { inputs: TensorInfo[]; attrs: object; backend: WebgpuBackend },
  stock: KernelFunc,
): TensorInfo {
  const add = (terms: TensorInfo[]): TensorInfo =>
    stock({ inputs: terms as never, attrs: attrs as never, backend: backend as never }) as TensorInfo;
  const [first, ...rest] = inputs as [TensorInfo, ...TensorInfo[]];
  if (inputs.length <= MOST_TERMS) return add(inputs);
  let sum = first;
  for (let at = 0; at < rest.length; at += MOST_TERMS - 1) {
    const next = add([sum, ...rest.slice(at, at + MOST_TERMS - 1)]);
    if (sum !== first) backend.disposeData(sum.dataId);
    sum = next;
  }
  return sum;
}
