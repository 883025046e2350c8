import { type Command, Option } from 'commander';
import { UNITS } from '../../../../datasets/formats/columns/units.ts';
import { RADIANS_PER_DEGREE } from '../../../../datasets/formats/units.ts';
import type { AngleColumn } from '../../../../models/open-loop/files/angle-table.ts';
import { PAIRINGS, type PairingKind } from '../../../../models/open-loop/files/bring-together.ts';
import { USUAL_CAR } from '../../../../models/open-loop/files/lay-beside.ts';
import type { AnglePairs } from '../../../../models/open-loop/files/pair-angles.ts';
import { counted } from '../../../../sim/counted.ts';
import type { Output } from '../../../machine/terminal/output.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { decimal } from '../options.ts';

interface ScoreOptions {
  readonly truth: string;
  readonly column?: string;
  readonly truthColumn?: string;
  readonly by?: PairingKind;
  readonly allowMissing?: boolean;
  readonly rate?: number;
  readonly unit?: string;
  readonly truthUnit?: string;
  readonly steeringRatio: number;
  readonly fullSteering: number;
}

/** Rate of the frames when neither the person nor the files say it [Hz]. */
const USUAL_RATE = 20;

export function register(program: Command, context: CommandContext): void {
  const units = UNITS.steering.map(({ name }) => name);
  program
    .command('score')
    .summary("open-loop metrics for anybody's predictions")
    .description(
      'Scores predicted steering angles against recorded ones. Both are tables with a row a frame, in any separator and ' +
        'encoding; they may be the same file. Rows are brought together by what both have: a column such as frame_id or a ' +
        'picture, the time, or else one by one; and put in the order of their times. Which columns, units and order were ' +
        'taken is printed first.',
    )
    .argument('<predictions>', 'table of predicted steering-wheel angles, such as `wheelhouse test --out` writes')
    .requiredOption('--truth <file>', 'table of the recorded angles')
    .option('--column <name>', 'column of the predictions: its header, or its number from 1')
    .option('--truth-column <name>', 'column of the truth')
    .addOption(new Option('--by <what>', 'how rows are brought together').choices(PAIRINGS))
    .option('--allow-missing', 'score the frames that have both, instead of stopping at the first that has not')
    .option(
      '--rate <hz>',
      `frames a second (default: from the times, else ${USUAL_RATE})`,
      decimal({ above: 0, below: 1000 }),
    )
    .addOption(new Option('--unit <unit>', 'unit of the columns whose headers say none (default: rad)').choices(units))
    .addOption(new Option('--truth-unit <unit>', 'that of the truth, where it is another').choices(units))
    .option(
      '--steering-ratio <ratio>',
      'steering-wheel over road-wheel angle, for units at the road wheels',
      decimal({ min: 1, max: 100 }),
      USUAL_CAR.steeringRatio,
    )
    .option(
      '--full-steering <deg>',
      'road-wheel angle of a share of 1',
      decimal({ min: 1, max: 90 }),
      USUAL_CAR.fullSteering / RADIANS_PER_DEGREE,
    )
    .action((predictions: string, options: ScoreOptions) => score(predictions, options, context.output));
}

async function score(path: string, options: ScoreOptions, output: Output): Promise<void> {
  const { readAngles } = await import('../../../work/open-loop/read-angles.ts');
  const { pairAngles } = await import('../../../../models/open-loop/files/pair-angles.ts');
  const { angleUnits, inRadians } = await import('../../../../models/open-loop/files/angle-units.ts');
  const { refuseTruthAsPrediction } = await import('../../../../models/open-loop/files/own-column.ts');
  const { doubtsOf } = await import('../../../../models/open-loop/doubts.ts');
  const { openLoopScore } = await import('../../../../models/open-loop/open-loop-score.ts');
  const { printHeadScore } = await import('../open-loop-tables.ts');
  const truth = await readAngles(options.truth, 'truth', options.truthColumn);
  const predictions = await readAngles(path, 'predicted', options.column);
  const units = angleUnits(predictions, truth, options);
  const pairs = pairAngles(predictions, truth, options);
  if (options.column === undefined) refuseTruthAsPrediction(predictions, truth, pairs);
  const rate = rateFor(pairs, options.rate, output);
  const car = { steeringRatio: options.steeringRatio, fullSteering: options.fullSteering * RADIANS_PER_DEGREE };
  const predicted = inRadians(pairs.predicted, units.predicted, car);
  const sequence = { predicted, truth: inRadians(pairs.truth, units.truth, car), rate, runs: pairs.runs };
  const result = openLoopScore(sequence);
  tellPairs(pairs, output);
  const doubts = doubtsOf(sequence);
  for (const doubt of doubts) output.warn(doubt);
  const { by, order, moved, missing, unused, repeated } = pairs;
  const document = {
    predictions: path,
    truth: options.truth,
    column: predictions.name,
    truthColumn: truth.name,
    unit: units.predicted.name,
    truthUnit: units.truth.name,
    pairing: { by, order, moved, missing, unused, repeated },
    doubts,
    ...result,
  };
  output.result(document, () => {
    const side = ({ path, name }: AngleColumn, unit: string) => `${printable(path)}: ${printable(name)} [${unit}]`;
    output.line(`predictions  ${side(predictions, units.predicted.name)}`);
    output.line(`truth        ${side(truth, units.truth.name)}`);
    const runs = result.runs === 1 ? '' : ` in ${result.runs} runs without a gap`;
    output.line(`${result.frames} frames at ${rate} Hz${runs}, brought together by ${by}; angles below in rad`);
    output.line();
    printHeadScore(result, 'the predictions', output);
  });
}

function rateFor({ rate }: AnglePairs, wanted: number | undefined, output: Output): number {
  if (wanted !== undefined && rate !== null && Math.abs(wanted / rate - 1) > 0.1) {
    output.warn(`the times say ${rate} Hz; ${wanted} Hz is taken, as --rate says`);
  }
  if (wanted === undefined && rate === null) {
    output.note(`The files do not say their rate; ${USUAL_RATE} Hz is taken (--rate).`);
  }
  return wanted ?? rate ?? USUAL_RATE;
}

/** What was done to bring the two together. */
function tellPairs({ order, moved, missing, unused, repeated }: AnglePairs, output: Output): void {
  const elsewhere = `elsewhere in the file: all are put in the order of their ${order}s`;
  const told: [number, string][] = [
    [moved, `${counted(moved, 'row')} of the truth stood ${elsewhere}`],
    [missing, `left out for want of an angle or a prediction: ${counted(missing, 'frame')}`],
    [unused, `left out, of no frame of the truth: ${counted(unused, 'prediction')}`],
    [repeated, `left out, only repeating another: ${counted(repeated, 'row')}`],
  ];
  for (const [count, words] of told) if (count > 0) output.note(words);
}
