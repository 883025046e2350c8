import type { Command } from 'commander';
import type { ComparedScore, Comparison } from '../../../../evaluation/compare/compare-evaluations.ts';
import type { Evaluation } from '../../../../evaluation/files/evaluation.ts';
import type { Output } from '../../../machine/terminal/output.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';

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
  const { readEvaluation } = await import('../../../work/evaluation/read-evaluation.ts');
  const { compareEvaluations } = await import('../../../../evaluation/compare/compare-evaluations.ts');
  const [{ evaluation: first }, { evaluation: second }] = [
    await readEvaluation(firstFile),
    await readEvaluation(secondFile),
  ];
  const comparison = compareEvaluations(first, second);
  const named = ({ model, suite }: Evaluation) => ({ model, suite });
  output.result({ first: named(first), second: named(second), ...comparison }, () =>
    print(first, second, comparison, output),
  );
}

const UNITS: Readonly<Record<ComparedScore, string>> = {
  completed: '',
  autonomy: '%',
  interventions: '',
  lateralRms: 'm',
  speedRms: 'm/s',
  whiteness: 'deg/s',
};

function print(first: Evaluation, second: Evaluation, { episodes, means, caveats }: Comparison, output: Output): void {
  for (const caveat of caveats) output.warn(caveat);
  output.line(`A: ${printable(first.model)} on ${printable(first.suite)}`);
  output.line(`B: ${printable(second.model)} on ${printable(second.suite)}`);
  output.line();
  output.table({
    head: ['track', 'autonomy A', 'B', 'interventions A', 'B', 'lateral RMS A', 'B', 'whiteness A', 'B', ''],
    rows: episodes.map(({ track, first: a, second: b, same }) => [
      printable(track),
      `${a.autonomy.toFixed(1)} %`,
      `${b.autonomy.toFixed(1)} %`,
      a.interventions,
      b.interventions,
      `${a.lateralRms.toFixed(2)} m`,
      `${b.lateralRms.toFixed(2)} m`,
      `${a.whiteness.toFixed(1)} deg/s`,
      `${b.whiteness.toFixed(1)} deg/s`,
      same ? 'the same drive' : '',
    ]),
    align: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
  });
  output.line();
  output.table({
    head: ['mean over the episodes', 'A', 'B', 'A better in', 'B better in'],
    rows: Object.entries(means).map(([score, mean]) => [
      `${score} ${UNITS[score as ComparedScore]}`.trim(),
      mean.first.toFixed(2),
      mean.second.toFixed(2),
      mean.firstBetter,
      mean.secondBetter,
    ]),
    align: ['left', 'right', 'right', 'right', 'right'],
  });
}
