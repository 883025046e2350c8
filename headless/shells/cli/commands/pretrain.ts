import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { decimal, integer, SEED_RANGE } from '../options.ts';
import { backendOption } from '../world-options.ts';
import { cropShares, frameSize } from './train.ts';
import type { PretrainCommandOptions } from './training/pretrain-command.ts';

export function register(program: Command, context: CommandContext): void {
  program
    .command('pretrain')
    .summary('teach a network to see, from drives without labels')
    .description(
      'Teaches everything before a network’s heads to predict the next frame, from the pictures of recordings alone: they ' +
        'need no steering. What comes of it cannot drive yet: begin a training with it, `train --from <out>`, and keep what ' +
        'it has learned with `--freeze` if labels are few.',
    )
    .argument('<recording...>', 'folders of recordings, ours or anybody’s')
    .requiredOption('--out <folder>', 'where the model goes')
    .option('--model <name>', 'network of the zoo; `wheelhouse models` lists them', 'cnn-lstm')
    .option('--format <name>', 'format of the recordings (default: detected)')
    .option('--skip-bad', 'leave bad samples out instead of stopping at the first')
    .option('--size <width>x<height>', 'size of the frames that the network sees', frameSize)
    .option('--time <frames>', 'frames in a window (T)', integer({ min: 2, max: 512 }))
    .option('--crop <top,bottom,left,right>', 'shares of the frame to cut off first, e.g. 0.35,0.15,0,0', cropShares)
    .option('--stride <samples>', 'samples between the starts of two windows', integer({ min: 1, max: 512 }), 4)
    .option('--epochs <n>', 'times through the data', integer({ min: 1, max: 100_000 }), 10)
    .option('--batch <n>', 'windows a step', integer({ min: 1, max: 4096 }), 16)
    .option('--learning-rate <rate>', 'largest of the schedule', decimal({ min: 0, exclusive: true }), 2e-3)
    .option('--test-tail <share>', 'share at the end that is not looked at', decimal({ min: 0, max: 0.5 }), 0.1)
    .option('--seed <n>', 'seed of weights and order', integer(SEED_RANGE), 1)
    .addOption(backendOption())
    .action(async (folders: string[], options: PretrainCommandOptions) => {
      const { runPretrainCommand } = await import('./training/pretrain-command.ts');
      await runPretrainCommand(folders, options, context);
    });
}
