import { Refusal } from '../../sim/refusal.ts';
import type { ImageCodec } from '../images/codec.ts';
import type { EncodedFrame, Recording } from '../recording/recording.ts';
import type { Journal } from './unfinished.ts';

/** What every import and export takes. */
export interface TransferOptions {
  /** Leave samples out that cannot be carried over, and list them. Default false: the first one stops the transfer. */
  readonly skipBad?: boolean;
  /** Called after each sample. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Called when a transfer that was stopped before is gone on with, with the samples that were done by then. */
  readonly onResumed?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** What a transfer did. */
export interface TransferResult {
  /** Samples written, counting those that were there before. */
  readonly samples: number;
  /** Samples left out, one line each with the reason. */
  readonly skipped: readonly string[];
  /**
   * What is not the same in the target: columns that the format has no place for, by name, then whatever else was changed,
   * one line each.
   */
  readonly lost: string[];
  /** False when the signal stopped it early. */
  readonly complete: boolean;
}

/** The signal stopped a transfer. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly skipped: readonly string[];

  constructor(skipped: readonly string[]) {
    super('the transfer was stopped');
    this.skipped = skipped;
  }
}

/** One sample with its pictures, ready to be written. */
export interface PicturedSample {
  readonly index: number;
  /** True when it does not follow the sample given out before it. */
  readonly gap: boolean;
  /** By camera; null for a picture that an earlier run has written already. */
  readonly pictures: Readonly<Record<string, EncodedFrame | null>>;
}

/** Where the samples of a transfer begin, and what was done before. */
export interface TransferStart {
  /** Samples before this one are not given out. Default 0. */
  readonly from?: number;
  /** Samples in it are given out without being prepared again; the others are noted in it once they are written. */
  readonly journal?: Journal | undefined;
}

/** Samples whose pictures are fetched ahead. */
const AHEAD = 8;
/** Quality of pictures that are encoded anew as JPEG. */
export const JPEG_QUALITY = 95;

/** How pictures are written. */
export interface PictureChoice {
  /** Stored kinds that stay as they are, byte for byte. */
  readonly keep: readonly EncodedFrame['type'][];
  /** What all others are encoded as. */
  readonly encodeAs: 'jpeg' | 'png';
}

/** For formats that hold JPEG alone. */
export const ONLY_JPEG: PictureChoice = { keep: ['jpeg'], encodeAs: 'jpeg' };
/** For formats that hold JPEG and PNG. */
export const JPEG_OR_PNG: PictureChoice = { keep: ['jpeg', 'png'], encodeAs: 'jpeg' };

/**
 * The samples of a recording in order, their pictures checked by decoding, and encoded as is chosen.
 * @param skipped receives a line for each sample left out
 * @throws Refusal for a bad sample, unless they are skipped; Stopped
 */
export async function* picturedSamples(
  recording: Recording,
  codec: ImageCodec,
  { keep, encodeAs: type }: PictureChoice,
  options: TransferOptions,
  skipped: string[],
  start: TransferStart = {},
): AsyncGenerator<PicturedSample> {
  const cameras = Object.entries(recording.cameras);
  const prepare = async (index: number): Promise<Record<string, EncodedFrame>> => {
    const pictures: Record<string, EncodedFrame> = {};
    for (const [camera, loader] of cameras) {
      if (!loader.has(index)) continue;
      const frame = await loader.load(index);
      const stored = await loader.encoded?.(index);
      pictures[camera] =
        stored !== undefined && keep.includes(stored.type)
          ? stored
          : { type, bytes: await codec.encode(frame, type === 'jpeg' ? { type, quality: JPEG_QUALITY } : { type }) };
    }
    return pictures;
  };
  const there = (index: number) =>
    Object.fromEntries(cameras.filter(([, loader]) => loader.has(index)).map(([camera]) => [camera, null]));
  for await (const { index, gap, prepared } of preparedSamples(recording, prepare, options, skipped, start)) {
    yield { index, gap, pictures: prepared ?? there(index) };
  }
}

/**
 * The samples of a recording in order with what `prepare` makes of each, a few prepared ahead; undefined for those that
 * the journal knows.
 * @param prepare may refuse a sample
 * @throws Refusal for a bad sample, unless they are skipped; Stopped
 */
export async function* preparedSamples<T>(
  recording: Recording,
  prepare: (index: number) => Promise<T>,
  options: TransferOptions,
  skipped: string[],
  { from = 0, journal }: TransferStart = {},
): AsyncGenerator<{ readonly index: number; readonly gap: boolean; readonly prepared: T | undefined }> {
  const starts = new Set(recording.segments.map((segment) => segment.start));
  const ahead = new Map<number, Promise<T>>();
  const known = journal?.outcomes ?? [];
  if (known.length > 0) options.onResumed?.(known.length);
  let gap = false;
  for (let index = from; index < recording.length; index++) {
    gap ||= starts.has(index) && index > 0;
    const before = known[index];
    if (before === null) {
      yield { index, gap, prepared: undefined };
      gap = false;
      continue;
    }
    if (before !== undefined) {
      skipped.push(before);
      gap = true;
      continue;
    }
    if (options.signal?.aborted === true) throw new Stopped(skipped);
    for (let next = index; next < Math.min(index + AHEAD, recording.length); next++) {
      if (ahead.has(next)) continue;
      const job = prepare(next);
      job.catch(() => undefined);
      ahead.set(next, job);
    }
    const outcome = await ahead.get(index)!.then(
      (prepared) => ({ prepared }),
      (error: unknown) => ({ error }),
    );
    ahead.delete(index);
    if ('error' in outcome) {
      const { error } = outcome;
      if (!(options.skipBad && error instanceof Refusal)) throw error;
      skipped.push(error.message);
      gap = true;
      await journal?.add(error.message);
    } else {
      yield { index, gap, prepared: outcome.prepared };
      gap = false;
      await journal?.add(null);
    }
    options.onProgress?.({ done: index + 1, total: recording.length });
  }
}
