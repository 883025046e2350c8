import type { Command } from 'commander';
import { USUAL_NETWORK } from '../../../../models/training/option-table/usual-network.ts';
import type { CommandContext } from '../context.ts';
import { collect, integer } from '../options.ts';
import { addReadingOptions } from '../reading-options.ts';
import { addTrainingFlags } from '../training-flags.ts';
import { backendOption } from '../world-options.ts';
import type { TrainCommandOptions } from './training/train-config.ts';

export function register(program: Command, context: CommandContext): void {
  const command = program
    .command('train')
    .summary('train a model on recordings')
    .description(
      'Trains a network on recordings (a folder that holds recordings stands for all of them) and saves the best epoch as ' +
        'a model folder. The end of each recording is held back and only scored, beside three baselines. Whatever is ' +
        'stopped or killed goes on with --resume and the run folder.',
    )
    .argument('[recording...]', 'folders of recordings, ours or anybody’s')
    .option('--out <folder>', 'where the model goes')
    .option('--run <folder>', 'where log, checkpoints and settings go (default: <out>.run)')
    .option('--resume <run>', 'go on with the run in this folder; takes no recordings and no other settings')
    .option('--model <name>', 'network of the zoo; `wheelhouse models` lists them', USUAL_NETWORK)
    .option('--network <file>', 'a network written as JSON: {"layers": [...]}, or options of --model')
    .option('--options <file>', 'training options as JSON, by name')
    .option('--set <name=value>', 'one training option, e.g. --set optimiser=adamw; may come again', collect, [])
    .option('--from <model>', 'begin with the weights of this model where they fit')
    .option('--checkpoint-every <steps>', 'steps between two checkpoints', integer({ min: 1 }), 100)
    .option('--frame-memory <MB>', 'memory for decoded frames', integer({ min: 0, max: 1_000_000 }), 512)
    .option('--no-frame-cache', 'do not keep decoded frames on the disk for the next training')
    .addOption(backendOption());
  addTrainingFlags(addReadingOptions(command)).action(async (folders: string[], options: TrainCommandOptions) => {
    const wrong = wrongUsage(folders, options, command);
    if (wrong !== undefined) command.error(`error: ${wrong}`);
    const { runTrainCommand } = await import('./training/train-command.ts');
    await runTrainCommand(folders, options, context);
  });
}

/** @returns what is missing or too much, beginning as commander's own messages do */
function wrongUsage(folders: string[], { out, resume }: TrainCommandOptions, command: Command): string | undefined {
  if (resume === undefined) {
    if (folders.length === 0) return "missing required argument 'recording'";
    return out === undefined ? "required option '--out <folder>' not specified" : undefined;
  }
  const kept = new Set(['resume', 'skipBad', 'checkpointEvery', 'frameMemory', 'frameCache', 'json', 'debug']);
  const given = command.options
    .filter((option) => !kept.has(option.attributeName()))
    .find((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
  if (folders.length === 0 && given === undefined) return undefined;
  return `--resume goes on with the run’s own settings and takes no ${given === undefined ? 'recordings' : given.long}`;
}
