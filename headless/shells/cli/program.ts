import { Command } from 'commander';
import { packageInfo } from '../../machine/package-info.ts';
import { printable } from '../../machine/terminal/printable.ts';
import type { CommandContext, Register } from './context.ts';

/** The command line with all its commands, not yet parsed. */
export function createProgram(registers: readonly Register[], context: CommandContext): Command {
  const program = new Command('wheelhouse')
    .description(packageInfo.description)
    .version(packageInfo.version)
    .option('--json', 'print the result as one JSON document on stdout')
    .option('--debug', 'show where an error comes from')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`${printable(text.replace(/^error: /, 'usage: ')).trim()}\n`),
    });
  for (const register of registers) register(program, context);
  return program;
}
