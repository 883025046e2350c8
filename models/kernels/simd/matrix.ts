import { broadcast_util, type TensorInfo, util } from '../../tf.ts';
import { allocate, type WasmKernelArguments } from '../wasm-heap.ts';
import type { SimdKernels } from './instance.ts';
import { clear, pointer, Scratch } from './memory.ts';

const FLOAT = 4;
const TILE = 8;

/** The attributes that tfjs gives to its matrix products. */
export interface ProductAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * A·B for stacks of matrices `[..., rows, columns]`, each transposed or not, with bias and ReLU.
 *
 * A transposed first matrix makes the product a sum of outer products of rows, which needs no copy of anything; the other
 * cases pack the second matrix, transposed or not, into tiles first.
 */
export function simdMatrixProduct(
  kernels: SimdKernels,
  { backend, attrs, inputs }: WasmKernelArguments<ProductAttributes>,
  relu: boolean,
): TensorInfo {
  const { a, b, bias } = inputs as { a: TensorInfo; b: TensorInfo; bias?: TensorInfo };
  const { transposeA, transposeB } = attrs;
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [m, inner] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const k = transposeB ? bRows : bColumns;
  const outer = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const out = allocate(backend, [...outer, m, k]);
  const stack = util.sizeFromShape(outer);
  const aStep = util.sizeFromShape(a.shape.slice(0, -2)) === 1 ? 0 : aRows * aColumns * FLOAT;
  const bStep = util.sizeFromShape(b.shape.slice(0, -2)) === 1 ? 0 : bRows * bColumns * FLOAT;
  const scratch = new Scratch(backend);
  const direct = transposeA && !transposeB && bias === undefined && !relu;
  const packed = direct ? 0 : scratch.take(inner * Math.ceil(k / TILE) * TILE);
  // The columns of a transposed first matrix are not side by side: it is turned round first.
  const turned = transposeA && !direct ? scratch.take(m * inner) : 0;
  const [aAt, bAt, outAt] = [pointer(backend, a), pointer(backend, b), pointer(backend, out)];
  const biasAt = bias === undefined ? 0 : pointer(backend, bias);
  if (direct) clear(backend, out);
  for (let i = 0; i < stack; i++) {
    const [aHere, bHere, outHere] = [aAt + i * aStep, bAt + i * bStep, outAt + i * m * k * FLOAT];
    if (direct) {
      kernels.outer(aHere, 0, 0, m * FLOAT, 0, bHere, 1, 1, inner, 1, m, k, outHere);
      continue;
    }
    const columnStride = transposeB ? inner * FLOAT : FLOAT;
    const rowStride = transposeB ? FLOAT : k * FLOAT;
    if (i === 0 || bStep > 0) kernels.pack(bHere, rowStride, columnStride, inner, k, packed, inner, 0);
    if (turned !== 0) kernels.turn(aHere, inner, m, turned);
    const from = turned === 0 ? aHere : turned;
    const row = inner * FLOAT;
    kernels.product(from, 0, 0, row, 0, 1, 1, m, 1, inner, packed, k, biasAt, relu ? 1 : 0, outHere, 0, 0, k * FLOAT);
  }
  scratch.release();
  return out;
}
