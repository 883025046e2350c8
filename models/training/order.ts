import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { createStream } from '../../sim/random/stream.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { TrainingOptions } from './options.ts';
import { drawn, shuffled } from './sampler.ts';

/** The windows of one step. */
export interface StepWindows {
  readonly windows: readonly number[];
  /**
   * By row: the step of this epoch at which its chain of windows began; absent when every window stands for itself. Where
   * it is an earlier step, the window follows that of the step before.
   */
  readonly begun?: readonly number[];
}

/**
 * The windows of each step of an epoch. All chance comes from seed and epoch, so that the place in an epoch is a number
 * of steps and nothing else.
 * @param sampling probability of each window
 * @param epoch counted from 0
 */
export function epochOrder(
  source: WindowSource,
  sampling: Float64Array,
  options: OrderOptions,
  steps: number,
  epoch: number,
): StepWindows[] {
  const { batch, tbptt, seed } = options;
  if (tbptt > 1) return inLanes(source, options, steps, epoch);
  const order = drawn(sampling, createStream(seed, `order/${epoch}`));
  return Array.from({ length: steps }, (_, step) => ({ windows: order.slice(step * batch, (step + 1) * batch) }));
}

type OrderOptions = Pick<TrainingOptions, 'batch' | 'tbptt' | 'seed'>;

/** Every row of the batch walks along a chain of windows, then takes the next one; all chains come once, then again. */
function inLanes(
  source: WindowSource,
  { batch, tbptt, seed }: OrderOptions,
  steps: number,
  epoch: number,
): StepWindows[] {
  const random = createStream(seed, `order/${epoch}`);
  const all = chains(source, tbptt);
  let queue: number[] = [];
  const nextChain = (): number[] => {
    if (queue.length === 0) queue = shuffled(all.length, random);
    return [...all[queue.pop()!]!];
  };
  const lanes: number[][] = Array.from({ length: batch }, () => []);
  const begun = lanes.map(() => 0);
  return Array.from({ length: steps }, (_, step) => {
    for (const [i, lane] of lanes.entries()) {
      if (lane.length > 0) continue;
      lanes[i] = nextChain();
      begun[i] = step;
    }
    return { windows: lanes.map((lane) => lane.shift()!), begun: [...begun] };
  });
}

/**
 * Runs of windows of which each begins where the one before ends, cut to a length.
 * @throws Refusal when no window follows another
 */
export function chains(source: WindowSource, longest: number): number[][] {
  const next = source.next;
  if (next === undefined || next.every((follower) => follower < 0)) {
    const mend = 'give longer recordings, a stride that divides T, or tbptt 1';
    throw new Refusal('nothing-follows', 'training option tbptt', 'no window follows another', mend);
  }
  const followed = new Uint8Array(source.length);
  for (const follower of next) if (follower >= 0) followed[follower] = 1;
  const found: number[][] = [];
  for (let first = 0; first < source.length; first++) {
    if (followed[first] === 1) continue;
    let chain: number[] = [];
    for (let window = first; window >= 0; window = next[window]!) {
      if (chain.length === longest) {
        found.push(chain);
        chain = [];
      }
      chain.push(window);
    }
    found.push(chain);
  }
  return found;
}
