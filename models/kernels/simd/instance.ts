import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { KERNEL_BINARY } from './binary.ts';

/** An address in the backend's memory [bytes]. */
type Pointer = number;

/** The functions of source/*.as; strides in bytes, counts in numbers. */
export interface SimdKernels {
  pack(
    source: Pointer,
    rowStride: number,
    columnStride: number,
    rows: number,
    columns: number,
    target: Pointer,
    totalRows: number,
    firstRow: number,
  ): void;
  product(
    x: Pointer,
    xImage: number,
    xRow: number,
    xColumn: number,
    xTap: number,
    images: number,
    rows: number,
    columns: number,
    taps: number,
    numbers: number,
    packed: Pointer,
    k: number,
    bias: Pointer,
    relu: number,
    out: Pointer,
    outImage: number,
    outRow: number,
    outColumn: number,
  ): void;
  outer(
    x: Pointer,
    xImage: number,
    xRow: number,
    xColumn: number,
    xTap: number,
    dy: Pointer,
    images: number,
    rows: number,
    columns: number,
    taps: number,
    numbers: number,
    k: number,
    dw: Pointer,
  ): void;
  pad(
    x: Pointer,
    images: number,
    rows: number,
    columns: number,
    bytes: number,
    top: number,
    bottom: number,
    left: number,
    right: number,
    out: Pointer,
  ): void;
  biasRelu(dy: Pointer, y: Pointer, rows: number, k: number, relu: number, dz: Pointer, db: Pointer): void;
  turn(x: Pointer, rows: number, columns: number, out: Pointer): void;
  lstmForward(
    projected: Pointer,
    recurrent: Pointer,
    initialHidden: Pointer,
    initialCell: Pointer,
    batch: number,
    time: number,
    units: number,
    hidden: Pointer,
    cell: Pointer,
    gates: Pointer,
  ): void;
  lstmBackward(
    recurrent: Pointer,
    initialCell: Pointer,
    cell: Pointer,
    gates: Pointer,
    hiddenGradient: Pointer,
    cellGradient: Pointer,
    batch: number,
    time: number,
    units: number,
    projectedGradient: Pointer,
    dh: Pointer,
    dc: Pointer,
  ): void;
  lookUp(bytes: Pointer, pixels: number, tables: Pointer, out: Pointer): void;
  adam(
    weights: Pointer,
    gradient: Pointer,
    m: Pointer,
    v: Pointer,
    next: Pointer,
    length: number,
    scale: number,
    beta1: number,
    beta2: number,
    rate: number,
    correction2: number,
    epsilon: number,
    shrink: number,
  ): void;
}

/**
 * Starts the kernels in the backend's own memory, so that tensors are handed over as addresses.
 * @returns undefined where that cannot be: no SIMD, or a memory shared between threads, which needs another binary
 */
export async function startSimdKernels(backend: BackendWasm): Promise<SimdKernels | undefined> {
  const { asm } = backend.wasm as unknown as { asm?: { memory?: WebAssembly.Memory } };
  const memory = asm?.memory;
  if (!(memory?.buffer instanceof ArrayBuffer)) return undefined;
  const bytes = Uint8Array.from(atob(KERNEL_BINARY), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return undefined;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return instance.exports as unknown as SimdKernels;
}
