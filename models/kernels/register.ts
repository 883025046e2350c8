import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend, getKernel, type KernelFunc, registerKernel, type TensorInfo, unregisterKernel } from '../tf.ts';
import { filterGradient } from './convolution/filter-gradient.ts';
import { inputGradient } from './convolution/input-gradient.ts';
import { maxPoolGradient } from './convolution/max-pool-gradient.ts';
import { BIAS_GRADIENT } from './fused-gradients.ts';
import { slice, split, unpack } from './movement/slices.ts';
import { tile } from './movement/tile.ts';
import { OPTIMISER_STEP } from './optimiser-step.ts';
import { LSTM_BACKWARD, LSTM_FORWARD } from './recurrent/lstm-kernels.ts';
import { simdBiasGradient } from './simd/bias-gradient.ts';
import { simdFilterGradient, simdForward, simdInputGradient } from './simd/convolution.ts';
import { type SimdKernels, startSimdKernels } from './simd/instance.ts';
import { simdLstmBackward, simdLstmFits, simdLstmForward } from './simd/lstm.ts';
import { simdMatrixProduct } from './simd/matrix.ts';
import { simdOptimiserFits, simdOptimiserStep } from './simd/optimiser-step.ts';

/** tfjs' own kernels that ours stand in for, by name. */
const stock = new Map<string, KernelFunc>();
let registered = false;

/**
 * Registers the kernels that training on `wasm` needs: the filter gradient, which tfjs lacks there, and faster ones in
 * place of some of its own. Call it when the `wasm` backend has started; calling it again does nothing.
 */
export async function registerWasmKernels(): Promise<void> {
  if (registered) return;
  registered = true;
  replace('Identity', sharedIdentity);
  replace('Slice', slice);
  replace('SplitV', split);
  replace('Unpack', unpack);
  replace('Tile', tile);
  replace('MaxPoolGrad', maxPoolGradient);
  const kernels = await startSimdKernels(backend() as unknown as BackendWasm);
  if (kernels === undefined) {
    replace('Conv2DBackpropFilter', filterGradient);
    replace('Conv2DBackpropInput', inputGradient);
    return;
  }
  registerSimdKernels(kernels);
}

function registerSimdKernels(kernels: SimdKernels): void {
  replace('Conv2DBackpropFilter', (args: never) => simdFilterGradient(kernels, args));
  replace('Conv2DBackpropInput', (args: never) => simdInputGradient(kernels, args));
  replace('BatchMatMul', (args: never) => simdMatrixProduct(kernels, args, false));
  replaceWhere('Conv2D', plainConvolution, (args: never) => simdForward(kernels, args, false));
  replaceWhere('FusedConv2D', plainConvolution, (args: Fused) => simdForward(kernels, args as never, isRelu(args)));
  replaceWhere('_FusedMatMul', plainActivation, (args: Fused) =>
    simdMatrixProduct(kernels, args as never, isRelu(args)),
  );
  replace(BIAS_GRADIENT, (args: never) => simdBiasGradient(kernels, args));
  replaceWhere(LSTM_FORWARD, unitsFit, (args: never) => simdLstmForward(kernels, args));
  replaceWhere(LSTM_BACKWARD, unitsFit, (args: never) => simdLstmBackward(kernels, args));
  replaceWhere(OPTIMISER_STEP, simdOptimiserFits, (args: never) => simdOptimiserStep(kernels, args));
}

/** A second tensor on the same numbers; tfjs copies them on this backend, for every tensor that a gradient remembers. */
function sharedIdentity({ inputs, backend }: { inputs: { x: TensorInfo }; backend: BackendWasm }): TensorInfo {
  const { dataId, shape, dtype } = inputs.x;
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}

interface Fused {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: {
    readonly activation?: string;
    readonly dilations?: number | number[];
    readonly dataFormat?: string;
  };
}

const isRelu = ({ attrs }: Fused): boolean => attrs.activation === 'relu';

/** Only what is fused in one pass; the rest stays with tfjs. */
function plainActivation({ attrs, inputs }: Fused): boolean {
  return (
    (attrs.activation ?? 'linear') === 'linear' || (isRelu({ attrs, inputs }) && inputs.preluActivationWeights == null)
  );
}

function plainConvolution(args: Fused): boolean {
  const { dilations, dataFormat } = args.attrs;
  return plainActivation(args) && [dilations ?? 1].flat().every((step) => step === 1) && dataFormat === 'NHWC';
}

const unitsFit = ({ inputs }: Fused): boolean => simdLstmFits(inputs.initialCell!.shape[1]!);

/** Ours where `fits` says so, the one registered before elsewhere. */
function replaceWhere(name: string, fits: (args: Fused) => boolean, ours: (args: never) => unknown): void {
  const before = getKernel(name, 'wasm').kernelFunc;
  replace(name, (args: never) => (fits(args) ? ours(args) : before(args)));
}

function replace(kernelName: string, kernelFunc: (args: never) => unknown): void {
  const before = getKernel(kernelName, 'wasm');
  if (before !== undefined) {
    stock.set(kernelName, before.kernelFunc);
    unregisterKernel(kernelName, 'wasm');
  }
  registerKernel({ kernelName, backendName: 'wasm', kernelFunc: kernelFunc as KernelFunc });
}

/** tfjs' own kernel on `wasm` where ours stands in for it, for comparison; undefined where it has none. */
export function stockWasmKernel(name: string): KernelFunc | undefined {
  return stock.get(name);
}
