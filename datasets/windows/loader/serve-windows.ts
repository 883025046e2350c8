import { answerCalls, handOver } from '../../../sim/calls/answer-calls.ts';
import type { Port } from '../../../sim/calls/port.ts';
import type { Recording } from '../../recording/recording.ts';
import type { PackedCache } from '../packed-cache.ts';
import { createWindowSource, type WindowBatch } from '../window-source.ts';
import { cutPiece, type LoaderCalls } from './messages.ts';

export interface ServeWindowsOptions {
  /** Opens a recording by what its `origin` was in the other thread. */
  readonly openRecording: (origin: unknown) => Promise<Recording>;
  readonly packedCache?: PackedCache;
}

/** The inside of a loader thread: opens recordings, and decodes and packs the windows that it is asked for. */
export function serveWindows(port: Port, { openRecording, packedCache }: ServeWindowsOptions): void {
  const recordings = new Map<string, Promise<Recording>>();
  const sources = new Map<number, ReturnType<typeof createWindowSource>>();

  const wholeOf = (origin: unknown): Promise<Recording> => {
    const key = JSON.stringify(origin);
    const known = recordings.get(key) ?? openRecording(origin);
    recordings.set(key, known);
    return known;
  };

  const calls: LoaderCalls = {
    async open(number, given, options) {
      const pieces = await Promise.all(given.map(async (piece) => cutPiece(await wholeOf(piece.origin), piece)));
      const source = createWindowSource(pieces, { ...options, ...(packedCache && { packedCache }) });
      sources.set(number, source);
      const { length, steering, next, order } = source;
      return { length, steering, next, order };
    },
    async load(number, indices) {
      const source = sources.get(number)!;
      const batch = await source.load(indices);
      return handOver({ batch, statistics: source.statistics() }, buffersOf(batch));
    },
    async close() {
      await packedCache?.close();
      for (const recording of recordings.values()) await (await recording).close();
    },
  };
  answerCalls(port, calls);
}

function buffersOf({ frames, targets, mask, speed }: WindowBatch): ArrayBuffer[] {
  return [frames, targets, mask, speed].map(({ buffer }) => buffer as ArrayBuffer);
}
