import { hashHex } from './hash.ts';
import type { FrameLoader, Recording } from './recording.ts';
import type { Segment } from './segments.ts';

/** Some samples of a recording, in any order. */
export interface PickedSamples {
  /** Their numbers in the whole. */
  readonly samples: Int32Array;
  /** Runs without a gap among them. */
  readonly segments: readonly Segment[];
  /** Tells these samples from others of the same recording; goes into the fingerprint of their pictures. */
  readonly key: string;
}

/** A recording of some samples of another one. It shares the files; closing it closes the whole. */
export function pickSamples(whole: Recording, { samples, segments, key }: PickedSamples): Recording {
  const columns: Record<string, Float64Array> & { time: Float64Array } = { time: new Float64Array() };
  for (const [name, column] of Object.entries(whole.columns)) {
    columns[name] = Float64Array.from(samples, (index) => column![index]!);
  }
  const cameras: Record<string, FrameLoader> = {};
  for (const [name, loader] of Object.entries(whole.cameras)) cameras[name] = framesOf(loader, samples, key);
  return {
    ...whole,
    columns,
    cameras,
    length: samples.length,
    segments,
    frame(index, camera) {
      // A number that is not there is refused by the whole.
      return whole.frame(samples[index] ?? Number.NaN, camera);
    },
  };
}

function framesOf(loader: FrameLoader, samples: Int32Array, key: string): FrameLoader {
  const { encoded, fingerprint } = loader;
  const bytes = (text: string) => new TextEncoder().encode(text);
  return {
    has: (index) => loader.has(samples[index]!),
    load: (index) => loader.load(samples[index]!),
    ...(encoded && { encoded: (index: number) => encoded(samples[index]!) }),
    ...(fingerprint && { fingerprint: async () => hashHex([bytes(await fingerprint()), bytes(key)]) }),
  };
}
