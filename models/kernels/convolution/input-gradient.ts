import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '../../tf.ts';
import { allocate, view, type WasmKernelArguments } from '../wasm-heap.ts';
import { convolveForward } from './forward.ts';
import { type ConvolutionAttributes, type Geometry, geometryOf } from './geometry.ts';

/**
 * Gradient of a convolution with respect to its input (the transposed convolution), on `wasm`.
 *
 * Counted from the first padded row, input row u = s·m + r of phase r meets only the kernel rows k = r + s·j, and
 * dx[u] = Σ_j dy[m − j] · w[r + s·j]: for each phase an ordinary convolution of dy with a sub-filter, flipped and with
 * its channels swapped. No zero is ever multiplied, as it would be with an output gradient dilated by the stride.
 */
export function inputGradient(args: WasmKernelArguments<ConvolutionAttributes & { inputShape: number[] }>): TensorInfo {
  const { backend, attrs } = args;
  const dy = args.inputs.dy!;
  const filter = args.inputs.filter!;
  const g = geometryOf(attrs.inputShape, filter.shape, attrs);
  const dx = allocate(backend, attrs.inputShape);
  const phases = g.strideHeight * g.strideWidth;
  // With one phase that covers everything, the convolution's output is already the gradient's rows in order.
  if (phases > 1 || g.padTop > 0 || g.padLeft > 0 || !coversInput(g)) view(backend, dx).fill(0);
  for (let phaseRow = 0; phaseRow < g.strideHeight; phaseRow++) {
    const rowTaps = Math.ceil((g.kernelHeight - phaseRow) / g.strideHeight);
    for (let phaseColumn = 0; phaseColumn < g.strideWidth; phaseColumn++) {
      const columnTaps = Math.ceil((g.kernelWidth - phaseColumn) / g.strideWidth);
      if (rowTaps <= 0 || columnTaps <= 0) continue;
      const part = subFilter(backend, filter, g, phaseRow, phaseColumn, rowTaps, columnTaps);
      const margins = [rowTaps - 1, rowTaps - 1, columnTaps - 1, columnTaps - 1] as const;
      const image = convolveForward(backend, dy, part, margins, [1, 1]);
      backend.disposeData(part.dataId);
      interleave(backend, image, dx, g, phaseRow, phaseColumn);
      backend.disposeData(image.dataId);
    }
  }
  return dx;
}

function coversInput(g: Geometry): boolean {
  return g.outHeight + g.kernelHeight - 1 >= g.inHeight && g.outWidth + g.kernelWidth - 1 >= g.inWidth;
}

/** Every stride-th row and column of the filter, flipped, as `[height, width, outChannels, inChannels]`. */
function subFilter(
  backend: BackendWasm,
  filter: TensorInfo,
  g: Geometry,
  phaseRow: number,
  phaseColumn: number,
  rowTaps: number,
  columnTaps: number,
): TensorInfo {
  const out = allocate(backend, [rowTaps, columnTaps, g.outChannels, g.inChannels]);
  const from = view(backend, filter);
  const to = view(backend, out);
  for (let row = 0; row < rowTaps; row++) {
    const sourceRow = phaseRow + g.strideHeight * (rowTaps - 1 - row);
    for (let column = 0; column < columnTaps; column++) {
      const sourceColumn = phaseColumn + g.strideWidth * (columnTaps - 1 - column);
      const write = (row * columnTaps + column) * g.outChannels * g.inChannels;
      let read = (sourceRow * g.kernelWidth + sourceColumn) * g.inChannels * g.outChannels;
      for (let inner = 0; inner < g.inChannels; inner++) {
        for (let outer = 0; outer < g.outChannels; outer++) to[write + outer * g.inChannels + inner] = from[read++]!;
      }
    }
  }
  return out;
}

/** Puts the rows and columns of one phase where they belong in the input's gradient. */
function interleave(
  backend: BackendWasm,
  image: TensorInfo,
  dx: TensorInfo,
  g: Geometry,
  phaseRow: number,
  phaseColumn: number,
): void {
  const from = view(backend, image);
  const to = view(backend, dx);
  const [, height, width] = image.shape as [number, number, number, number];
  const channels = g.inChannels;
  for (let n = 0; n < g.batch; n++) {
    for (let m = 0; m < height; m++) {
      const row = m * g.strideHeight + phaseRow - g.padTop;
      if (row < 0 || row >= g.inHeight) continue;
      const firstColumn = Math.max(0, Math.ceil((g.padLeft - phaseColumn) / g.strideWidth));
      let column = firstColumn * g.strideWidth + phaseColumn - g.padLeft;
      let read = ((n * height + m) * width + firstColumn) * channels;
      const line = (n * g.inHeight + row) * g.inWidth;
      for (let q = firstColumn; q < width && column < g.inWidth; q++, column += g.strideWidth) {
        const write = (line + column) * channels;
        for (let channel = 0; channel < channels; channel++) to[write + channel] = from[read++]!;
      }
    }
  }
}
