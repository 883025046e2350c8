import type { Command } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Driver } from './driver.ts';

/** A command and since when it holds. */
export interface TimedCommand {
  /** Time since the start [s]; rises from entry to entry. */
  readonly time: number;
  readonly command: Command;
}

/** Times this much later than now count as now: sums of control periods are not exact [s]. */
const TOLERANCE = 1e-6;

/**
 * A driver that repeats a recorded list of commands: at each time the last one that had been given by then, at first the
 * first one, after the end the last one.
 * @throws Refusal `empty-replay` without commands, `bad-replay` when times do not rise
 */
export function createReplay(commands: readonly TimedCommand[]): Driver {
  if (commands.length === 0) {
    throw new Refusal('empty-replay', 'replay', 'there are no commands', 'give a recording with at least one sample');
  }
  commands.forEach(({ time }, i) => {
    const before = i === 0 ? -Infinity : commands[i - 1]!.time;
    if (!(time > before)) {
      const what = `the time ${time} follows ${before}`;
      throw new Refusal('bad-replay', `replay entry ${i}`, what, 'sort the commands by time and drop repeated ones');
    }
  });
  let next = 1;
  return {
    name: 'replay',
    needsFrames: false,
    start() {
      next = 1;
    },
    drive({ time }) {
      while (next < commands.length && commands[next]!.time <= time + TOLERANCE) next++;
      return commands[next - 1]!.command;
    },
  };
}
