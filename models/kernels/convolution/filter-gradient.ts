import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '../../tf.ts';
import { allocate, view, type WasmKernelArguments } from '../wasm-heap.ts';
import { convolveForward } from './forward.ts';
import { type ConvolutionAttributes, type Geometry, geometryOf } from './geometry.ts';

/**
 * Gradient of a convolution with respect to its filter, on `wasm`.
 *
 * dW[k] = Σ over batch and positions o of x[s·o + k − pad] · dy[o]. That is a convolution of the input with the output
 * gradient as filter, dilated by the stride s, where the batch plays the input channels and the input channels the batch:
 * the backend's fast forward kernel does the work.
 */
export function filterGradient(
  args: WasmKernelArguments<ConvolutionAttributes & { filterShape: number[] }>,
): TensorInfo {
  const { backend, attrs } = args;
  const x = args.inputs.x!;
  const dy = args.inputs.dy!;
  const g = geometryOf(x.shape, attrs.filterShape, attrs);
  // Rows and columns behind the last window are never seen; leaving them out saves whole output rows.
  const seenHeight = (g.outHeight - 1) * g.strideHeight + g.kernelHeight - g.padTop;
  const seenWidth = (g.outWidth - 1) * g.strideWidth + g.kernelWidth - g.padLeft;
  const height = Math.min(seenHeight, g.inHeight);
  const width = Math.min(seenWidth, g.inWidth);
  const image = channelsToBatch(backend, x, g, height, width);
  const filter = positionsFirst(backend, dy, g);
  const product = convolveForward(
    backend,
    image,
    filter,
    [g.padTop, seenHeight - height, g.padLeft, seenWidth - width],
    [g.strideHeight, g.strideWidth],
  );
  backend.disposeData(image.dataId);
  backend.disposeData(filter.dataId);
  const gradient = kernelFirst(backend, product, g);
  backend.disposeData(product.dataId);
  return gradient;
}

/** `[batch, inHeight, inWidth, channel]` → `[channel, height, width, batch]`, cut to `height` × `width`. */
function channelsToBatch(backend: BackendWasm, x: TensorInfo, g: Geometry, height: number, width: number): TensorInfo {
  const out = allocate(backend, [g.inChannels, height, width, g.batch]);
  const from = view(backend, x);
  const to = view(backend, out);
  const plane = height * width * g.batch;
  for (let n = 0; n < g.batch; n++) {
    for (let row = 0; row < height; row++) {
      let read = (n * g.inHeight + row) * g.inWidth * g.inChannels;
      const line = row * width * g.batch + n;
      for (let column = 0; column < width; column++) {
        let write = line + column * g.batch;
        for (let channel = 0; channel < g.inChannels; channel++) {
          to[write] = from[read++]!;
          write += plane;
        }
      }
    }
  }
  return out;
}

/** `[batch, outHeight, outWidth, channel]` → `[outHeight, outWidth, batch, channel]`. */
function positionsFirst(backend: BackendWasm, dy: TensorInfo, g: Geometry): TensorInfo {
  const out = allocate(backend, [g.outHeight, g.outWidth, g.batch, g.outChannels]);
  const from = view(backend, dy);
  const to = view(backend, out);
  const positions = g.outHeight * g.outWidth;
  let read = 0;
  for (let n = 0; n < g.batch; n++) {
    for (let position = 0; position < positions; position++) {
      const write = (position * g.batch + n) * g.outChannels;
      for (let channel = 0; channel < g.outChannels; channel++) to[write + channel] = from[read++]!;
    }
  }
  return out;
}

/** `[inChannels, kernelHeight, kernelWidth, outChannels]` → `[kernelHeight, kernelWidth, inChannels, outChannels]`. */
function kernelFirst(backend: BackendWasm, product: TensorInfo, g: Geometry): TensorInfo {
  const out = allocate(backend, [g.kernelHeight, g.kernelWidth, g.inChannels, g.outChannels]);
  const from = view(backend, product);
  const to = view(backend, out);
  const taps = g.kernelHeight * g.kernelWidth;
  for (let channel = 0; channel < g.inChannels; channel++) {
    for (let tap = 0; tap < taps; tap++) {
      const read = (channel * taps + tap) * g.outChannels;
      to.set(from.subarray(read, read + g.outChannels), (tap * g.inChannels + channel) * g.outChannels);
    }
  }
  return out;
}
