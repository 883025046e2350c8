import { stockWasmKernel } from '../kernels/register.ts';
import * as tf from '../tf.ts';
import { repeat } from './training-step.ts';

/** One convolution kernel on one layer of the reference network, 20 frames: tfjs' own beside ours [ms]. */
export interface KernelTiming {
  readonly layer: string;
  readonly kernel: 'Conv2D' | 'Conv2DBackpropInput' | 'Conv2DBackpropFilter';
  /** undefined where tfjs has none. */
  readonly stock: number | undefined;
  readonly ours: number;
}

/** `[height, width, channels, kernel, filters, stride]` of the reference network's convolutions. */
const LAYERS = [
  [66, 200, 3, 5, 24, 2],
  [31, 98, 24, 5, 36, 2],
  [14, 47, 36, 5, 48, 2],
  [5, 22, 48, 3, 64, 1],
  [3, 20, 64, 3, 64, 1],
] as const;

/** Times the three kernels of a convolution on `wasm`, the stock ones and ours in the same run; the best of many. */
export async function timeConvolutionKernels(milliseconds = 200): Promise<KernelTiming[]> {
  if (tf.getBackend() !== 'wasm') throw new Error('the stock kernels that ours stand in for are those of wasm');
  const rows: KernelTiming[] = [];
  for (const [height, width, channels, kernel, filters, stride] of LAYERS) {
    const layer = `${height}×${width}×${channels}, ${filters} of ${kernel}×${kernel}, stride ${stride}`;
    const x = tf.randomNormal([20, height, width, channels], 0, 1, 'float32', 1) as tf.Tensor4D;
    const filter = tf.randomNormal([kernel, kernel, channels, filters], 0, 1, 'float32', 2) as tf.Tensor4D;
    const dy = tf.tidy(() => tf.onesLike(tf.conv2d(x, filter, stride, 'valid')));
    const shared = { strides: [stride, stride], pad: 'valid', dataFormat: 'NHWC', dilations: [1, 1] };
    const attributes = { ...shared, inputShape: x.shape, filterShape: filter.shape } as never as tf.NamedAttrMap;
    const cases = [
      ['Conv2D', { x, filter }],
      ['Conv2DBackpropInput', { dy, filter }],
      ['Conv2DBackpropFilter', { x, dy }],
    ] as const;
    for (const [name, inputs] of cases) {
      const time = async (run: () => tf.TensorInfo): Promise<number> => {
        const backend = tf.backend() as unknown as { disposeData(id: object): void };
        const { best } = await repeat(milliseconds, async () => backend.disposeData(run().dataId));
        return best;
      };
      const call = (kernelFunc: tf.KernelFunc): Promise<number> =>
        time(() => kernelFunc({ inputs: inputs as never, attrs: attributes, backend: tf.backend() }) as tf.TensorInfo);
      const stock = stockWasmKernel(name);
      rows.push({
        layer,
        kernel: name,
        stock: stock === undefined ? undefined : await call(stock),
        ours: await call(tf.getKernel(name, 'wasm').kernelFunc),
      });
    }
    tf.dispose([x, filter, dy]);
  }
  return rows;
}
