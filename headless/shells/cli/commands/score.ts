import { type Command, Option } from 'commander';
import type { Output } from '../../../machine/terminal/output.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { decimal } from '../options.ts';

interface ScoreOptions {
  readonly truth: string;
  readonly column?: string;
  readonly truthColumn?: string;
  readonly rate?: number;
  readonly unit: 'rad' | 'deg';
}

/** Rate of the frames when neither the person nor the files say it [Hz]. */
const USUAL_RATE = 20;

export function register(program: Command, context: CommandContext): void {
  program
    .command('score')
    .summary("open-loop metrics for anybody's predictions")
    .description(
      'Scores predicted steering angles against recorded ones. Both are CSV files with a row a frame; rows are brought ' +
        'together by a column such as frame_id where both have it, else one by one.',
    )
    .argument('<predictions>', 'CSV file of predicted steering-wheel angles')
    .requiredOption('--truth <file>', 'CSV file of the recorded angles')
    .option('--column <name>', 'column of the predictions: its header, or its number from 1')
    .option('--truth-column <name>', 'column of the truth')
    .option(
      '--rate <hz>',
      `frames a second (default: from frame ids that are Unix times, else ${USUAL_RATE})`,
      decimal({ above: 0, below: 1000 }),
    )
    .addOption(new Option('--unit <unit>', 'unit of the angles in both files').choices(['rad', 'deg']).default('rad'))
    .action((predictions: string, options: ScoreOptions) => score(predictions, options, context.output));
}

async function score(path: string, options: ScoreOptions, output: Output): Promise<void> {
  const { printHeadScore } = await import('../open-loop-tables.ts');
  const { readAngles } = await import('../../../work/open-loop/read-angles.ts');
  const { pairAngles, rateOf } = await import('../../../work/open-loop/pair-angles.ts');
  const { openLoopScore } = await import('../../../../models/open-loop/open-loop-score.ts');
  const predictions = await readAngles(path, options.column);
  const truth = await readAngles(options.truth, options.truthColumn);
  const pairs = pairAngles(predictions, truth);
  const known = options.rate ?? rateOf(truth.frameIds);
  if (known === null) output.note(`The files do not say their rate; ${USUAL_RATE} Hz is taken (--rate).`);
  const toRadians = (angles: Float64Array) =>
    options.unit === 'deg' ? angles.map((a) => (a * Math.PI) / 180) : angles;
  const result = openLoopScore({
    predicted: toRadians(pairs.predicted),
    truth: toRadians(pairs.truth),
    rate: known ?? USUAL_RATE,
  });
  output.result({ predictions: path, truth: options.truth, ...result }, () => {
    output.line(`${printable(path)} (${printable(predictions.name)}) against ${printable(options.truth)}`);
    output.line(`${result.frames} frames at ${result.rate} Hz, angles in rad`);
    output.line();
    printHeadScore(result, 'the predictions', output);
  });
}
