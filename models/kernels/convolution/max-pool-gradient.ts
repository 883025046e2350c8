import { backend_util, type TensorInfo } from '../../tf.ts';
import { allocate, view, type WasmKernelArguments } from '../wasm-heap.ts';

/** The attributes of tfjs' max pooling. */
export interface PoolingAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'same' | 'valid' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * Gradient of max pooling: each output's goes to the first largest input of its window. tfjs' own on `wasm` gives
 * numbers that do not agree with finite differences.
 */
export function maxPoolGradient({ backend, attrs, inputs }: WasmKernelArguments<PoolingAttributes>): TensorInfo {
  const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
  const info = backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    attrs.filterSize,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
  const { inHeight, inWidth, outHeight, outWidth, outChannels: channels, filterHeight, filterWidth } = info;
  const out = allocate(backend, input.shape);
  const [x, gradient, result] = [view(backend, input), view(backend, dy), view(backend, out)];
  result.fill(0);
  let at = 0;
  for (let image = 0; image < info.batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const top = row * info.strideHeight - info.padInfo.top;
      for (let column = 0; column < outWidth; column++) {
        const left = column * info.strideWidth - info.padInfo.left;
        for (let channel = 0; channel < channels; channel++) {
          let largest = -1;
          for (let y = Math.max(0, top); y < Math.min(inHeight, top + filterHeight); y++) {
            for (let z = Math.max(0, left); z < Math.min(inWidth, left + filterWidth); z++) {
              const place = ((image * inHeight + y) * inWidth + z) * channels + channel;
              if (largest < 0 || x[place]! > x[largest]!) largest = place;
            }
          }
          result[largest]! += gradient[at]!;
          at += 1;
        }
      }
    }
  }
  return out;
}
