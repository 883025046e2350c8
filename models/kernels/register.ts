import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { filterGradient } from './convolution/filter-gradient.ts';
import { inputGradient } from './convolution/input-gradient.ts';

let stockInputGradient: KernelFunc | undefined;
let registered = false;

/**
 * Registers the kernels that training on `wasm` needs: the filter gradient, which tfjs lacks there, and a fast input
 * gradient in place of its own. Call it after the `wasm` backend's package was imported; calling it again does nothing.
 */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  stockInputGradient = getKernel('Conv2DBackpropInput', 'wasm').kernelFunc;
  unregisterKernel('Conv2DBackpropInput', 'wasm');
  registerKernel({ kernelName: 'Conv2DBackpropInput', backendName: 'wasm', kernelFunc: inputGradient as never });
  registerKernel({ kernelName: 'Conv2DBackpropFilter', backendName: 'wasm', kernelFunc: filterGradient as never });
}

/** tfjs' own input gradient on `wasm`, for comparison. @throws Error before `registerWasmKernels` was called */
export function stockWasmInputGradient(): KernelFunc {
  if (stockInputGradient === undefined) throw new Error('the wasm kernels are not registered yet');
  return stockInputGradient;
}
