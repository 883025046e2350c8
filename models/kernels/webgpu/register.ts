import * as tf from '../../tf.ts';
import { type ConvolutionAttributes, type Geometry, geometryOf } from '../convolution/geometry.ts';
import { BIAS_GRADIENT } from '../fused-gradients.ts';
import { OPTIMISER_STEP } from '../optimiser-step.ts';
import { LSTM_BACKWARD, LSTM_FORWARD } from '../recurrent/lstm-kernels.ts';
import { addInGroups } from './add-n.ts';
import { biasGradient } from './bias-gradient.ts';
import { convolutionFilterGradient, filterGradientFits } from './convolution-filter-gradient.ts';
import { convolutionForward, forwardFits } from './convolution-forward.ts';
import { convolutionInputGradient, inputGradientFits } from './convolution-input-gradient.ts';
import { lstmBackward, lstmFits, lstmForward } from './lstm.ts';
import { optimiserStep } from './optimiser-step.ts';
import type { WebgpuArguments, WebgpuBackend } from './runner.ts';
import { submitOnce } from './submit-once.ts';

type Arguments = WebgpuArguments<Record<string, unknown>>;
type Kernel = (args: never) => unknown;

/** What was registered before ours; undefined where there was nothing. */
const stock = new Map<string, tf.KernelFunc | undefined>();
let ours: ReadonlyMap<string, Kernel> | undefined;
let inUse: 'ours' | 'stock' = 'stock';

/** Whether shaders of ours run on `webgpu`. */
export function oursInUse(): boolean {
  return inUse === 'ours';
}

/**
 * Puts our kernels in the place of tfjs' on `webgpu`, or takes them out again.
 * @param which `stock`: tfjs' own, and what is composed of them; for comparison, and for a driver that ours do not suit
 */
export function useWebgpuKernels(which: 'ours' | 'stock'): void {
  const backend = tf.backend() as unknown as WebgpuBackend;
  inUse = which;
  for (const name of stock.keys()) put(name, stock.get(name));
  stock.clear();
  // Without this one, many gradients added up make a shader that no device takes.
  replace('AddN', (args: Arguments) => addInGroups(args as never, stock.get('AddN')!));
  if (which === 'stock') {
    tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 15);
    return;
  }
  submitOnce(backend);
  ours ??= kernels();
  for (const [name, kernel] of ours) replace(name, kernel);
}

function kernels(): ReadonlyMap<string, Kernel> {
  const where = (name: string, fits: (args: Arguments) => boolean, kernel: Kernel): [string, Kernel] => [
    name,
    (args: never) => (fits(args) ? kernel(args) : (stock.get(name) as Kernel)(args)),
  ];
  return new Map<string, Kernel>([
    where('Conv2D', convolutionThat(forwardFits), (args: never) => convolutionForward(args, false)),
    where(
      'FusedConv2D',
      (args) => plainActivation(args) && convolutionThat(forwardFits)(args),
      (args: never) => convolutionForward(args, (args as Arguments).attrs.activation === 'relu'),
    ),
    where('Conv2DBackpropFilter', convolutionThat(filterGradientFits), convolutionFilterGradient),
    where('Conv2DBackpropInput', convolutionThat(inputGradientFits), convolutionInputGradient),
    [BIAS_GRADIENT, biasGradient],
    where(LSTM_FORWARD, unitsFit, lstmForward),
    where(LSTM_BACKWARD, unitsFit, lstmBackwardSplit),
    [OPTIMISER_STEP, optimiserStep],
  ]);
}

const unitsFit = ({ inputs }: Arguments): boolean => lstmFits(inputs.initialCell!.shape[1]!);

/** The two initial gradients as tensors of their own. */
function lstmBackwardSplit(args: Arguments): tf.TensorInfo[] {
  const [projected, initial] = lstmBackward(args);
  const [, batch, units] = initial.shape as [number, number, number];
  const slice = tf.getKernel('Slice', 'webgpu').kernelFunc;
  const halves = [0, 1].map((half) => {
    const attrs = { begin: [half * batch, 0], size: [batch, units] };
    const x = { ...initial, shape: [2 * batch, units] };
    return slice({ inputs: { x }, attrs, backend: args.backend } as never) as tf.TensorInfo;
  });
  args.backend.disposeData(initial.dataId);
  return [projected, ...halves];
}

/** Only what is fused in one pass; the rest stays with tfjs. */
function plainActivation({ attrs, inputs }: Arguments): boolean {
  const activation = attrs.activation ?? 'linear';
  return activation === 'linear' || (activation === 'relu' && inputs.preluActivationWeights == null);
}

function convolutionThat(fits: (geometry: Geometry) => boolean): (args: Arguments) => boolean {
  return ({ inputs, attrs }) => {
    const { dilations = 1, dataFormat, inputShape, filterShape } = attrs as Record<string, never>;
    if (dataFormat !== 'NHWC' || [dilations].flat().some((step) => step !== 1)) return false;
    const [image, filter] = [inputs.x?.shape ?? inputShape, inputs.filter?.shape ?? filterShape];
    return fits(geometryOf(image as number[], filter as number[], attrs as never as ConvolutionAttributes));
  };
}

function replace(name: string, kernel: Kernel): void {
  stock.set(name, tf.getKernel(name, 'webgpu')?.kernelFunc);
  put(name, kernel as tf.KernelFunc);
}

function put(kernelName: string, kernelFunc: tf.KernelFunc | undefined): void {
  if (tf.getKernel(kernelName, 'webgpu') !== undefined) tf.unregisterKernel(kernelName, 'webgpu');
  if (kernelFunc !== undefined) tf.registerKernel({ kernelName, backendName: 'webgpu', kernelFunc });
}
