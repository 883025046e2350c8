import type { Command } from 'commander';
import type { Output } from '../../machine/terminal/output.ts';

/** What every command gets. */
export interface CommandContext {
  /** Results on stdout, progress and notes on stderr. */
  readonly output: Output;
  /** Aborted by the first Ctrl-C. Stop at the next good place, keep what is finished, and return or throw its reason. */
  readonly signal: AbortSignal;
  /**
   * A requirement that the person set on the result (`--require`) is not met: the result is still printed, this line
   * goes to stderr, and the exit code is 1.
   */
  failRequirement(message: string): void;
}

/** A file under `commands/` exports one of these. It must be light: what it needs, it imports in its action. */
export type Register = (program: Command, context: CommandContext) => void;
