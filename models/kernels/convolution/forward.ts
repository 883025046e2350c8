import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { getKernel, type TensorInfo } from '../../tf.ts';

/** Zeros around an image: `[top, bottom, left, right]`. */
export type Margins = readonly [number, number, number, number];

/**
 * The backend's own forward convolution, stride 1.
 * @param x `[batch, height, width, inChannels]`
 * @param filter `[height, width, inChannels, outChannels]`
 */
export function convolveForward(
  backend: BackendWasm,
  x: TensorInfo,
  filter: TensorInfo,
  margins: Margins,
  dilations: readonly [number, number],
): TensorInfo {
  const [top, bottom, left, right] = margins;
  const kernel = getKernel('Conv2D', 'wasm');
  return kernel.kernelFunc({
    inputs: { x, filter },
    attrs: {
      strides: [1, 1],
      dilations: [...dilations],
      pad: [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
      dataFormat: 'NHWC',
      dimRoundingMode: null,
    } as never,
    backend,
  }) as TensorInfo;
}
