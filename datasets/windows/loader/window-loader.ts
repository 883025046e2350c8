import { Caller } from '../../../sim/calls/caller.ts';
import type { Peer } from '../../../sim/calls/port.ts';
import type { Recording } from '../../recording/recording.ts';
import { type PlannedWindows, samplesIn, type WindowStatistics } from '../window-source.ts';
import { joinBatches } from './join-batches.ts';
import { type LoaderCalls, type LoaderOptions, pieceOf, type RecordingPiece } from './messages.ts';

/** This many windows next to each other belong to one thread, so that each frame is decoded and kept by one only. */
const BLOCK = 64;
/** Memory for decoded frames, of all threads together, when nothing else is said [bytes]. */
const CACHE_BYTES = 512 * 1024 * 1024;

/** Makes windows in threads of their own, so that decoding goes on while whoever asks for them computes. */
export interface WindowLoader {
  /**
   * Windows over recordings as `createWindowSource` gives them, the same bytes in the same order.
   * @param options.cacheBytes of all threads together
   * @throws Refusal as `createWindowSource` does; RangeError when `canLoad` is false
   */
  open(recordings: readonly Recording[], options: LoaderOptions): Promise<PlannedWindows>;
  /** Writes what the packed cache still has to write, closes the recordings that the threads opened, and ends them. */
  close(): Promise<void>;
}

/** Whether threads can open these recordings again. */
export function canLoad(recordings: readonly Recording[]): boolean {
  return recordings.every((recording) => pieceOf(recording) !== undefined);
}

/** @param peers threads that `serveWindows`, at least one; closing the loader ends them */
export function createWindowLoader(peers: readonly Peer[]): WindowLoader {
  const threads = peers.map((peer) => new Caller<LoaderCalls>(peer));
  let sources = 0;
  return {
    async open(recordings, options) {
      const pieces = recordings.map(pieceOf);
      if (!pieces.every((piece) => piece !== undefined)) throw new RangeError('a recording cannot be opened again');
      const cacheBytes = Math.floor((options.cacheBytes ?? CACHE_BYTES) / threads.length);
      return openSource(threads, sources++, pieces, { ...options, cacheBytes });
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.call('close')));
      for (const thread of threads) thread.end();
    },
  };
}

async function openSource(
  threads: readonly Caller<LoaderCalls>[],
  source: number,
  pieces: readonly RecordingPiece[],
  options: LoaderOptions,
): Promise<PlannedWindows> {
  const opened = await Promise.all(threads.map((thread) => thread.call('open', source, pieces, options)));
  const statistics: WindowStatistics[] = threads.map(() => ({ decoded: 0, fromCache: 0, fromFiles: 0, cacheBytes: 0 }));
  const loadFrom = async (thread: number, indices: readonly number[]) => {
    const answer = await threads[thread]!.call('load', source, indices);
    statistics[thread] = answer.statistics;
    return answer.batch;
  };
  const { length, steering, next, order } = opened[0]!;
  return {
    length,
    steering,
    next,
    order,
    sampleAt: samplesIn(order),
    statistics() {
      const total = (key: keyof WindowStatistics) => statistics.reduce((sum, one) => sum + one[key], 0);
      return {
        decoded: total('decoded'),
        fromCache: total('fromCache'),
        fromFiles: total('fromFiles'),
        cacheBytes: total('cacheBytes'),
      };
    },
    async load(indices) {
      const rows: number[][] = threads.map(() => []);
      for (const [row, window] of indices.entries()) {
        if (!(window >= 0 && window < length)) throw new RangeError(`no window ${window} of ${length}`);
        rows[Math.floor(window / BLOCK) % threads.length]!.push(row);
      }
      const busy = rows.flatMap((own, thread) => (own.length > 0 ? [{ thread, rows: own }] : []));
      if (busy.length === 0) return loadFrom(0, []);
      const batches = await Promise.all(
        busy.map(({ thread, rows: own }) =>
          loadFrom(
            thread,
            own.map((row) => indices[row]!),
          ),
        ),
      );
      return batches.length === 1
        ? batches[0]!
        : joinBatches(
            batches,
            busy.map((part) => part.rows),
          );
    },
  };
}
