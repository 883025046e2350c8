import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';

export function register(program: Command, { output }: CommandContext): void {
  program
    .command('models')
    .summary('the zoo')
    .description('Lists the networks that can be trained, each with its default options.')
    .action(async () => {
      const { listModels } = await import('../../../../models/zoo/zoo.ts');
      const models = listModels();
      output.result({ models }, () => {
        output.table({
          head: ['model', 'parameters', 'per frame', 'input', 'frames', 'drives'],
          rows: models.map((model) => [
            model.name,
            model.parameters.toLocaleString('en'),
            `${(model.multiplyAdds / 1e6).toFixed(1)} M multiply-adds`,
            `${model.input.width} x ${model.input.height} px`,
            model.time,
            model.canDrive ? 'yes' : `no: ${model.cannotDrive}`,
          ]),
          align: ['left', 'right', 'right', 'left', 'right', 'left'],
        });
        output.line();
        for (const model of models) output.line(`${output.colours.bold(model.name)}: ${model.summary}`);
      });
    });
}
