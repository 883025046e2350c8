import type { Command } from 'commander';
import type { Evaluation } from '../../../../evaluation/files/evaluation.ts';
import type { Output } from '../../../machine/terminal/output.ts';
import type { CommandContext } from '../context.ts';
import { printComparison } from '../score-tables.ts';

export function register(program: Command, context: CommandContext): void {
  program
    .command('compare')
    .summary('two evaluations side by side')
    .description(
      'Sets two evaluations side by side, episode by episode. One training each is no evidence that a kind of model is ' +
        'better: the same training with another seed can differ by more.',
    )
    .argument('<evaluation>', 'a folder with evaluation.json, or such a file')
    .argument('<other>', 'the one to compare it with')
    .action((first: string, second: string) => compare(first, second, context.output));
}

async function compare(firstFile: string, secondFile: string, output: Output): Promise<void> {
  const { openEvaluation } = await import('../../../work/evaluation/evaluation-folder.ts');
  const { compareEvaluations } = await import('../../../../evaluation/compare/compare-evaluations.ts');
  const [{ evaluation: first }, { evaluation: second }] = [
    await openEvaluation(firstFile),
    await openEvaluation(secondFile),
  ];
  const comparison = compareEvaluations(first, second);
  const named = ({ model, suite }: Evaluation) => ({ model, suite });
  output.result({ first: named(first), second: named(second), ...comparison }, () =>
    printComparison(first, second, comparison, output),
  );
}
