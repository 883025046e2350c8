import { turnTaker } from './turn-taker.ts';

/** Longest time for which nothing else gets its turn [ms]. */
const LONGEST = 50;

const giveWay = turnTaker(LONGEST);

/**
 * Gives way to what else is waiting, now and then. A loop whose steps are all at hand, such as a drive of the expert or
 * a training on `wasm`, never gives way by itself: a press of Ctrl-C would go unheard to its end. Costs next to nothing
 * when it is not yet time.
 * @throws the signal's reason when aborted
 */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await giveWay();
  signal?.throwIfAborted();
}
