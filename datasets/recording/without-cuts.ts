import { type Cut, samplesCut } from './edits.ts';
import { hashHex } from './hash.ts';
import type { FrameLoader, Recording } from './recording.ts';
import type { Segment } from './segments.ts';

/**
 * A recording without the samples that are cut out. A cut is a gap: what follows it does not follow what was before it.
 * It shares the files; closing it closes the whole.
 * @param whole nothing of it may be left out yet
 * @param cuts in order, without overlap, within the recording
 */
export function withoutCuts(whole: Recording, cuts: readonly Cut[]): Recording {
  if (cuts.length === 0) return whole;
  const left = samplesLeft(whole.length, cuts);
  const columns: Record<string, Float64Array> & { time: Float64Array } = { time: new Float64Array() };
  for (const [name, column] of Object.entries(whole.columns)) {
    columns[name] = Float64Array.from(left, (index) => column![index]!);
  }
  const cameras: Record<string, FrameLoader> = {};
  for (const [name, loader] of Object.entries(whole.cameras)) cameras[name] = framesLeft(loader, left, cuts);
  return {
    ...whole,
    columns,
    cameras,
    cuts,
    length: left.length,
    segments: segmentsLeft(whole.segments, left),
    frame(index, camera) {
      // A number that is not there is refused by the whole.
      return whole.frame(left[index] ?? Number.NaN, camera);
    },
  };
}

/** Numbers of the samples that are left, as they are stored. */
function samplesLeft(length: number, cuts: readonly Cut[]): Int32Array {
  const left = new Int32Array(length - samplesCut(cuts));
  let count = 0;
  let from = 0;
  for (const { start, end } of [...cuts, { start: length, end: length }]) {
    for (let index = from; index < start; index++) left[count++] = index;
    from = end;
  }
  return left;
}

function framesLeft(loader: FrameLoader, left: Int32Array, cuts: readonly Cut[]): FrameLoader {
  const { encoded, fingerprint } = loader;
  const bytes = (text: string) => new TextEncoder().encode(text);
  return {
    has: (index) => loader.has(left[index]!),
    load: (index) => loader.load(left[index]!),
    ...(encoded && { encoded: (index: number) => encoded(left[index]!) }),
    ...(fingerprint && {
      fingerprint: async () => hashHex([bytes(await fingerprint()), bytes(JSON.stringify(cuts))]),
    }),
  };
}

function segmentsLeft(segments: readonly Segment[], left: Int32Array): Segment[] {
  const starts = new Set(segments.map(({ start }) => start));
  const kept: Segment[] = [];
  let start = 0;
  for (let i = 1; i < left.length; i++) {
    if (left[i] === left[i - 1]! + 1 && !starts.has(left[i]!)) continue;
    kept.push({ start, end: i });
    start = i;
  }
  if (left.length > 0) kept.push({ start, end: left.length });
  return kept;
}
