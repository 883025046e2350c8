import { Console } from 'node:console';
import { CommanderError } from 'commander';
import { Refusal } from '../../../sim/refusal.ts';
import { diskRefusal } from '../../machine/storage/disk-fault.ts';
import { type FolderBefore, lookAtFolder, removeEmptyFolders } from '../../machine/storage/new-folders.ts';
import { Output } from '../../machine/terminal/output.ts';
import { printable } from '../../machine/terminal/printable.ts';
import { commands } from './commands.ts';
import type { Register } from './context.ts';
import { Interrupted, listenForInterrupts } from './interruption.ts';
import { createProgram } from './program.ts';

/** Runs the command line and ends the process: 0 done, 1 failed requirement or refused input, 2 wrong usage. */
export async function main(args: readonly string[], registers: readonly Register[] = commands): Promise<never> {
  const output = new Output();
  survivedClosedPipes();
  // stdout belongs to results alone; what libraries have to say goes to stderr.
  globalThis.console = new Console(process.stderr, process.stderr);
  const interrupts = listenForInterrupts(() => output.note('stopping; press Ctrl-C again to end at once'));
  let requirementFailed = false;
  const context = {
    output,
    signal: interrupts.signal,
    failRequirement(message: string) {
      requirementFailed = true;
      output.note(`${output.errorColours.red('failed:')} ${printable(message)}`);
    },
  };

  let exitCode: number;
  let debug = args.includes('--debug');
  let target: FolderBefore | undefined;
  try {
    const program = createProgram(registers, context);
    program.hook('preAction', async (_, action) => {
      const options = action.optsWithGlobals<{ json?: boolean; debug?: boolean; out?: string }>();
      output.json = options.json === true;
      debug = options.debug === true;
      if (options.out !== undefined) target = await lookAtFolder(options.out);
    });
    await program.parseAsync(args as string[], { from: 'user' });
    exitCode = requirementFailed ? 1 : 0;
  } catch (error) {
    if (target !== undefined) await removeEmptyFolders(target);
    exitCode = explain(error, output, debug);
  }
  if (interrupts.signal.aborted) exitCode = (interrupts.signal.reason as Interrupted).exitCode;
  interrupts.stop();
  await output.flush();
  // Dawn keeps a process alive for as long as anything of it is referenced.
  process.exit(exitCode);
}

/** Says on stderr what went wrong, and returns the exit code for it. */
function explain(error: unknown, output: Output, debug: boolean): number {
  const red = output.errorColours.red;
  // Commander has said it already, or it was a question for help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) return error.exitCode;
  const fault = diskRefusal(error, (error as NodeJS.ErrnoException | null)?.path ?? '');
  if (error instanceof Refusal || fault !== undefined) {
    output.note(`${red('refused:')} ${printable((fault ?? (error as Refusal)).message)}`);
  } else {
    const message = error instanceof Error ? error.message || error.name : String(error);
    output.note(`${red('fault:')} ${printable(message)}${debug ? '' : '; run it with --debug to see where'}`);
  }
  if (debug && error instanceof Error) output.note(error.stack ?? '');
  return 1;
}

/** A reader that has seen enough (`| head`) is no fault; a file on a full disk is one that a person can mend. */
function survivedClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      const fault = diskRefusal(error, stream === process.stdout ? 'standard output' : 'standard error');
      if (fault === undefined) throw error;
      process.stderr.write(`refused: ${fault.message}\n`);
      process.exit(1);
    });
  }
}
