import type { WindowBatch } from '../window-source.ts';

/**
 * Puts parts of a batch together.
 * @param batches parts, of windows of the same length
 * @param rows for each part, the rows of the whole that its windows are
 */
export function joinBatches(batches: readonly WindowBatch[], rows: readonly (readonly number[])[]): WindowBatch {
  const batch = batches.reduce((sum, part) => sum + part.batch, 0);
  const { time } = batches[0]!;
  const join = <T extends Uint8Array | Float32Array>(arrays: readonly T[], whole: T): T => {
    const size = whole.length / batch;
    rows.forEach((own, part) => {
      own.forEach((row, k) => {
        whole.set(arrays[part]!.subarray(k * size, (k + 1) * size), row * size);
      });
    });
    return whole;
  };
  const floats = (arrays: readonly Float32Array[]) =>
    join(arrays, new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0)));
  const frames = batches.map((part) => part.frames);
  return {
    frames: join(frames, new Uint8Array(frames.reduce((sum, array) => sum + array.length, 0))),
    targets: floats(batches.map((part) => part.targets)),
    mask: floats(batches.map((part) => part.mask)),
    speed: floats(batches.map((part) => part.speed)),
    batch,
    time,
  };
}
