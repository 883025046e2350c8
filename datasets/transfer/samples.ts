import { Refusal } from '../../sim/refusal.ts';
import type { ImageCodec } from '../images/codec.ts';
import type { EncodedFrame, Recording } from '../recording/recording.ts';

/** What every import and export takes. */
export interface TransferOptions {
  /** Leave samples out that cannot be carried over, and list them. Default false: the first one stops the transfer. */
  readonly skipBad?: boolean;
  /** Called after each sample. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

/** What a transfer did. */
export interface TransferResult {
  /** Samples written, counting those that were there before. */
  readonly samples: number;
  /** Samples left out, one line each with the reason. */
  readonly skipped: string[];
  /** Columns that the target format has no place for. */
  readonly lost: string[];
  /** False when the signal stopped it early; what was finished is kept. */
  readonly complete: boolean;
}

/** One sample with its pictures, ready to be written. */
export interface PicturedSample {
  readonly index: number;
  /** True when it does not follow the sample given out before it. */
  readonly gap: boolean;
  readonly pictures: Readonly<Record<string, EncodedFrame>>;
}

/** Samples whose pictures are fetched ahead. */
const AHEAD = 8;
const QUALITY = 95;

/**
 * The samples of a recording in order, their pictures checked by decoding, and encoded as `type`: byte for byte as they
 * are where they have that type already.
 * @param skipped receives a line for each sample left out
 */
export async function* picturedSamples(
  recording: Recording,
  codec: ImageCodec,
  type: 'jpeg' | 'png',
  options: TransferOptions,
  skipped: string[],
  from = 0,
): AsyncGenerator<PicturedSample> {
  const cameras = Object.entries(recording.cameras);
  const prepare = async (index: number): Promise<Record<string, EncodedFrame>> => {
    const pictures: Record<string, EncodedFrame> = {};
    for (const [camera, loader] of cameras) {
      if (!loader.has(index)) continue;
      const frame = await loader.load(index);
      const stored = await loader.encoded?.(index);
      pictures[camera] =
        stored?.type === type
          ? stored
          : { type, bytes: await codec.encode(frame, type === 'jpeg' ? { type, quality: QUALITY } : { type }) };
    }
    return pictures;
  };
  for await (const { index, gap, prepared } of preparedSamples(recording, prepare, options, skipped, from)) {
    yield { index, gap, pictures: prepared };
  }
}

/**
 * The samples of a recording in order with what `prepare` makes of each, a few prepared ahead.
 * @param prepare may refuse a sample
 */
export async function* preparedSamples<T>(
  recording: Recording,
  prepare: (index: number) => Promise<T>,
  options: TransferOptions,
  skipped: string[],
  from = 0,
): AsyncGenerator<{ readonly index: number; readonly gap: boolean; readonly prepared: T }> {
  const starts = new Set(recording.segments.map((segment) => segment.start));
  const ahead = new Map<number, Promise<T>>();
  let gap = false;
  for (let index = from; index < recording.length; index++) {
    for (let next = index; next < Math.min(index + AHEAD, recording.length); next++) {
      if (ahead.has(next)) continue;
      const job = prepare(next);
      job.catch(() => undefined);
      ahead.set(next, job);
    }
    if (options.signal?.aborted === true) return;
    gap ||= starts.has(index) && index > 0;
    try {
      const prepared = await ahead.get(index)!;
      yield { index, gap, prepared };
      gap = false;
    } catch (error) {
      if (!(options.skipBad && error instanceof Refusal)) throw error;
      skipped.push(error.message);
      gap = true;
    }
    ahead.delete(index);
    options.onProgress?.({ done: index + 1, total: recording.length });
  }
}
