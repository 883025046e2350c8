import type { TensorInfo } from '../../tf.ts';
import { type ConvolutionAttributes, type Geometry, geometryOf } from '../convolution/geometry.ts';
import { allocate, type WasmKernelArguments } from '../wasm-heap.ts';
import type { SimdKernels } from './instance.ts';
import { clear, pointer, Scratch } from './memory.ts';

const FLOAT = 4;
/** The kernels work in tiles of so many output channels. */
const TILE = 8;

/** Where the image lies that windows slide over, and how far apart its rows and images are [bytes]. */
interface Image {
  readonly at: number;
  readonly row: number;
  readonly image: number;
}

/** The input with the zeros that its padding asks for; the input itself where there are none to add. */
function padded(kernels: SimdKernels, scratch: Scratch, x: number, g: Geometry): Image {
  const height = (g.outHeight - 1) * g.strideHeight + g.kernelHeight;
  const width = (g.outWidth - 1) * g.strideWidth + g.kernelWidth;
  const bottom = Math.max(0, height - g.padTop - g.inHeight);
  const right = Math.max(0, width - g.padLeft - g.inWidth);
  const pixel = g.inChannels * FLOAT;
  const rowPixels = g.inWidth + g.padLeft + right;
  const rows = g.inHeight + g.padTop + bottom;
  const image = { row: rowPixels * pixel, image: rows * rowPixels * pixel };
  if (g.padTop + g.padLeft + bottom + right === 0) return { at: x, ...image };
  const at = scratch.take((g.batch * image.image) / FLOAT);
  kernels.pad(x, g.batch, g.inHeight, g.inWidth, pixel, g.padTop, bottom, g.padLeft, right, at);
  return { at, ...image };
}

/** Convolution, bias and ReLU: the inputs are the filter's numbers for each of its rows, lying side by side. */
export function simdForward(
  kernels: SimdKernels,
  args: WasmKernelArguments<ConvolutionAttributes>,
  relu: boolean,
): TensorInfo {
  const { backend, attrs, inputs } = args;
  const { x, filter, bias } = inputs as { x: TensorInfo; filter: TensorInfo; bias?: TensorInfo };
  const g = geometryOf(x.shape, filter.shape, attrs);
  const out = allocate(backend, [g.batch, g.outHeight, g.outWidth, g.outChannels]);
  const scratch = new Scratch(backend);
  const numbers = g.kernelWidth * g.inChannels;
  const packedRows = g.kernelHeight * numbers;
  const packed = scratch.take(packedRows * Math.ceil(g.outChannels / TILE) * TILE);
  const column = g.outChannels * FLOAT;
  const image = padded(kernels, scratch, pointer(backend, x), g);
  kernels.pack(pointer(backend, filter), column, FLOAT, packedRows, g.outChannels, packed, packedRows, 0);
  kernels.product(
    image.at,
    image.image,
    image.row * g.strideHeight,
    g.strideWidth * g.inChannels * FLOAT,
    image.row,
    g.batch,
    g.outHeight,
    g.outWidth,
    g.kernelHeight,
    numbers,
    packed,
    g.outChannels,
    bias === undefined ? 0 : pointer(backend, bias),
    relu ? 1 : 0,
    pointer(backend, out),
    g.outHeight * g.outWidth * column,
    g.outWidth * column,
    column,
  );
  scratch.release();
  return out;
}

/** dW[k] = Σ over positions o of x[s·o + k − pad] · dy[o]: a sum of outer products, taken straight from the input. */
export function simdFilterGradient(
  kernels: SimdKernels,
  { backend, attrs, inputs }: WasmKernelArguments<ConvolutionAttributes & { filterShape: number[] }>,
): TensorInfo {
  const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
  const g = geometryOf(x.shape, attrs.filterShape, attrs);
  const out = allocate(backend, attrs.filterShape);
  const scratch = new Scratch(backend);
  const image = padded(kernels, scratch, pointer(backend, x), g);
  clear(backend, out);
  kernels.outer(
    image.at,
    image.image,
    image.row * g.strideHeight,
    g.strideWidth * g.inChannels * FLOAT,
    image.row,
    pointer(backend, dy),
    g.batch,
    g.outHeight,
    g.outWidth,
    g.kernelHeight,
    g.kernelWidth * g.inChannels,
    g.outChannels,
    pointer(backend, out),
  );
  scratch.release();
  return out;
}

/**
 * The transposed convolution, phase by phase: counted from the first padded row, input row u = s·m + r meets only the
 * kernel rows k = r + s·j, so that dx[u] = Σ_j dy[m − j] · w[r + s·j], an ordinary convolution of dy with a sub-filter,
 * flipped and with its channels swapped; its outputs are written where they belong, s rows and columns apart.
 */
export function simdInputGradient(
  kernels: SimdKernels,
  { backend, attrs, inputs }: WasmKernelArguments<ConvolutionAttributes & { inputShape: number[] }>,
): TensorInfo {
  const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
  const g = geometryOf(attrs.inputShape, filter.shape, attrs);
  const out = allocate(backend, attrs.inputShape);
  const scratch = new Scratch(backend);
  const rows = phases(g.strideHeight, g.kernelHeight, g.padTop, g.inHeight);
  const columns = phases(g.strideWidth, g.kernelWidth, g.padLeft, g.inWidth);
  // One margin of zeros for all phases: what the longest sub-filter reaches over, and what rows beyond the end need.
  const [top, bottom] = marginsOf(rows, g.outHeight);
  const [left, right] = marginsOf(columns, g.outWidth);
  const pixel = g.outChannels * FLOAT;
  const width = g.outWidth + left + right;
  const height = g.outHeight + top + bottom;
  const dyAt = scratch.take((g.batch * height * width * pixel) / FLOAT);
  const tiles = Math.ceil(g.inChannels / TILE) * TILE;
  const packed = scratch.take(
    Math.max(...rows.map((r) => r.taps)) * Math.max(...columns.map((c) => c.taps)) * g.outChannels * tiles,
  );
  kernels.pad(pointer(backend, dy), g.batch, g.outHeight, g.outWidth, pixel, top, bottom, left, right, dyAt);
  if (rows.some(({ taps }) => taps === 0) || columns.some(({ taps }) => taps === 0)) clear(backend, out);
  const [weights, target] = [pointer(backend, filter), pointer(backend, out)];
  const outPixel = g.inChannels * FLOAT;
  for (const row of rows) {
    for (const column of columns) {
      if (row.taps * column.taps * row.count * column.count === 0) continue;
      const packedRows = row.taps * column.taps * g.outChannels;
      for (let a = 0; a < row.taps; a++) {
        const kernelRow = row.phase + g.strideHeight * (row.taps - 1 - a);
        for (let b = 0; b < column.taps; b++) {
          const kernelColumn = column.phase + g.strideWidth * (column.taps - 1 - b);
          const from = weights + (kernelRow * g.kernelWidth + kernelColumn) * outPixel * g.outChannels;
          const first = (a * column.taps + b) * g.outChannels;
          kernels.pack(from, FLOAT, pixel, g.outChannels, g.inChannels, packed, packedRows, first);
        }
      }
      const startRow = row.first - (row.taps - 1) + top;
      const startColumn = column.first - (column.taps - 1) + left;
      kernels.product(
        dyAt + (startRow * width + startColumn) * pixel,
        height * width * pixel,
        width * pixel,
        pixel,
        width * pixel,
        g.batch,
        row.count,
        column.count,
        row.taps,
        column.taps * g.outChannels,
        packed,
        g.inChannels,
        0,
        0,
        target + (row.at * g.inWidth + column.at) * outPixel,
        g.inHeight * g.inWidth * outPixel,
        g.strideHeight * g.inWidth * outPixel,
        g.strideWidth * outPixel,
      );
    }
  }
  scratch.release();
  return out;
}

/** Along one axis: which outputs of the transposed convolution belong to a phase. */
interface Phase {
  readonly phase: number;
  /** Kernel rows of this phase. */
  readonly taps: number;
  /** First m, and how many. */
  readonly first: number;
  readonly count: number;
  /** Input row of the first. */
  readonly at: number;
}

function phases(stride: number, kernel: number, before: number, length: number): Phase[] {
  return Array.from({ length: stride }, (_, phase) => {
    const taps = Math.max(0, Math.ceil((kernel - phase) / stride));
    const first = Math.max(0, Math.ceil((before - phase) / stride));
    const at = first * stride + phase - before;
    const count = Math.max(0, Math.ceil((length - at) / stride));
    return { phase, taps, first, count, at };
  });
}

/** Zeros needed before and after `length` rows, so that every phase finds what it reaches for. */
function marginsOf(phases: readonly Phase[], length: number): [before: number, after: number] {
  const used = phases.filter(({ taps, count }) => taps > 0 && count > 0);
  const before = Math.max(0, ...used.map(({ first, taps }) => taps - 1 - first));
  const after = Math.max(0, ...used.map(({ first, count }) => first + count - length));
  return [before, after];
}
