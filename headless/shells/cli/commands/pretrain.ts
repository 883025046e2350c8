import type { Command } from 'commander';
import type { OptionGroup } from '../../../../models/training/option-table/table.ts';
import { DATA_TABLE, TRAINING_TABLE } from '../../../../models/training/option-table/table.ts';
import { USUAL_NETWORK } from '../../../../models/training/option-table/usual-network.ts';
import type { CommandContext } from '../context.ts';
import { addReadingOptions } from '../reading-options.ts';
import { addTrainingFlags } from '../training-flags.ts';
import { backendOption } from '../world-options.ts';
import type { PretrainCommandOptions } from './training/pretrain-command.ts';

const { width, height, crop, time, stride, testTail } = DATA_TABLE;
const { epochs, batch, learningRate, seed } = TRAINING_TABLE;
/** The training options that pre-training has, too; a window of one frame has no next one to predict. */
const PRETRAINING: OptionGroup = {
  title: 'Pre-training',
  options: {
    ...{ epochs, batch, learningRate, seed, width, height, crop, stride, testTail },
    time: { ...time, range: { ...time.range, min: 2 } },
  },
};

export function register(program: Command, context: CommandContext): void {
  const command = program
    .command('pretrain')
    .summary('teach a network to see, from drives without labels')
    .description(
      'Teaches everything before a network’s heads to predict the next frame, from the pictures of recordings alone: they ' +
        'need no steering. What comes of it cannot drive yet: begin a training with it, `train --from <out>`, and keep what ' +
        'it has learned with `--freeze` if labels are few.',
    )
    .argument('<recording...>', 'folders of recordings, ours or anybody’s')
    .requiredOption('--out <folder>', 'where the model goes')
    .option('--model <name>', 'network of the zoo; `wheelhouse models` lists them', USUAL_NETWORK)
    .addOption(backendOption());
  addTrainingFlags(addReadingOptions(command), [PRETRAINING]).action(
    async (folders: string[], options: PretrainCommandOptions) => {
      const { runPretrainCommand } = await import('./training/pretrain-command.ts');
      await runPretrainCommand(folders, options, context);
    },
  );
}
