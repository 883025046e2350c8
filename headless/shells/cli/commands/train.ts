import { type Command, InvalidArgumentError, Option } from 'commander';
import { SPLITS } from '../../../../models/training/train-settings.ts';
import type { CommandContext } from '../context.ts';
import { collect, decimal, integer, SEED_RANGE } from '../options.ts';
import { backendOption } from '../world-options.ts';
import type { TrainCommandOptions } from './training/train-config.ts';

export function register(program: Command, context: CommandContext): void {
  program
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
    .option('--model <name>', 'network of the zoo; `wheelhouse models` lists them', 'cnn-lstm')
    .option('--network <file>', 'a network written as JSON: {"layers": [...]}, or options of --model')
    .option('--options <file>', 'training options as JSON, by name')
    .option('--set <name=value>', 'one training option, e.g. --set optimiser=adamw; may come again', collect, [])
    .option('--from <model>', 'begin with the weights of this model where they fit')
    .option('--freeze <layers>', 'layers that are not trained, e.g. convolution-1,convolution-2', names)
    .option('--checkpoint-every <steps>', 'steps between two checkpoints', integer({ min: 1 }), 100)
    .option('--format <name>', 'format of the recordings (default: detected)')
    .option('--skip-bad', 'leave bad samples out instead of stopping at the first')
    .option('--size <width>x<height>', 'size of the frames that the network sees', frameSize)
    .option('--time <frames>', 'frames in a window (T)', integer({ min: 1, max: 512 }))
    .option('--crop <top,bottom,left,right>', 'shares of the frame to cut off first, e.g. 0.35,0.15,0,0', cropShares)
    .option('--stride <samples>', 'samples between the starts of two windows', integer({ min: 1, max: 512 }))
    .option(
      '--smoothing <seconds>',
      'smooth the recorded steering before it is learned; 0 not (default: where it comes in pulses, as from a keyboard)',
      decimal({ min: 0, max: 10 }),
    )
    .option('--label-shift <seconds>', 'take labels this much later than the frame', decimal({ min: -5, max: 5 }))
    .option('--epochs <n>', 'times through the data at most', integer({ min: 1, max: 100_000 }))
    .option('--batch <n>', 'windows a step', integer({ min: 1, max: 4096 }))
    .option('--learning-rate <rate>', 'largest of the schedule', decimal({ min: 0, exclusive: true }))
    .option('--patience <epochs>', 'stop after this many epochs that are no better; 0 never', integer({ min: 0 }))
    .addOption(
      new Option(
        '--split <kind>',
        'what validates: blocks of time (time-block) or whole recordings (recording)',
      ).choices(SPLITS),
    )
    .option('--validation <share>', 'share that validates', decimal({ min: 0, max: 0.5 }))
    .option('--test-tail <share>', 'share at the end that is held back', decimal({ min: 0, max: 0.5 }))
    .option('--seed <n>', 'seed of weights and order', integer(SEED_RANGE))
    .option(
      '--side-cameras <m>',
      'learn from the left and right cameras too, this far from the middle, with steering that leads back',
      decimal({ min: 0, max: 5 }),
    )
    .option('--frame-memory <MB>', 'memory for decoded frames', integer({ min: 0, max: 1_000_000 }), 512)
    .option('--no-frame-cache', 'do not keep decoded frames on the disk for the next training')
    .addOption(backendOption())
    .action(async (folders: string[], options: TrainCommandOptions, command: Command) => {
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
  const kept = new Set(['resume', 'checkpointEvery', 'frameMemory', 'frameCache', 'json', 'debug']);
  const given = command.options
    .map((option) => option.attributeName())
    .find((name) => !kept.has(name) && command.getOptionValueSource(name) === 'cli');
  if (folders.length === 0 && given === undefined) return undefined;
  return `--resume goes on with the run’s own settings and takes no ${given === undefined ? 'recordings' : `--${given}`}`;
}

function names(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

export function frameSize(text: string): { width: number; height: number } {
  const [, width, height] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  if (width === undefined || height === undefined) throw new InvalidArgumentError('Write it as 160x64.');
  return { width: Number(width), height: Number(height) };
}

export function cropShares(text: string): { top: number; bottom: number; left: number; right: number } {
  const shares = text.split(',').map(Number);
  const [top, bottom, left, right] = shares;
  if (shares.length !== 4 || shares.some((share) => !(share >= 0 && share < 1))) {
    throw new InvalidArgumentError('Write four shares from 0 to below 1, as 0.35,0.15,0,0.');
  }
  return { top: top!, bottom: bottom!, left: left!, right: right! };
}
