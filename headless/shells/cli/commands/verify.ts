import type { Command } from 'commander';
import type { Evaluation } from '../../../../evaluation/files/evaluation.ts';
import { rescoredNotes } from '../../../../evaluation/files/todays-scores.ts';
import { unfinishedRoutes } from '../../../../evaluation/unfinished.ts';
import type { ScoreDifference } from '../../../../evaluation/verify/compare-scores.ts';
import type { ThenAndNow, Verification } from '../../../../evaluation/verify/verify-evaluation.ts';
import type { BackendName } from '../../../../models/backend/open-backend.ts';
import type { Output } from '../../../machine/terminal/output.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { DRIVER_HELP, DRIVER_SYNTAX } from '../driver-option.ts';
import { integer } from '../options.ts';
import { backendOption } from '../world-options.ts';

interface VerifyCommandOptions {
  readonly model?: string;
  readonly backend?: BackendName | 'auto';
  readonly roads?: string;
  readonly parallel: number;
}

export function register(program: Command, context: CommandContext): void {
  const backend = backendOption();
  backend.description = 'what runs the network (default: what ran it then)';
  backend.defaultValue = undefined;
  program
    .command('verify')
    .summary('an evaluation again, compared state by state')
    .description(
      'Drives every episode of an evaluation again and compares the hashes of all states, second by second, and the ' +
        'scores. Ends with exit code 1 when an episode differs. Another adapter or backend than the recorded one is named.',
    )
    .argument('<evaluation>', 'a folder with evaluation.json, or such a file')
    .option('--model <driver>', `the driver, when it is not where it was: ${DRIVER_SYNTAX}`)
    .addHelpText('after', DRIVER_HELP)
    .addOption(backend)
    .option('--roads <folder>', 'where the road files lie that it was driven on, when it does not keep them itself')
    .option('--parallel <n>', 'episodes driven at the same time', integer({ min: 1, max: 64 }), 2)
    .action((evaluation: string, options: VerifyCommandOptions) => verify(evaluation, options, context));
}

async function verify(file: string, options: VerifyCommandOptions, context: CommandContext): Promise<void> {
  const { output, signal } = context;
  const { openEvaluation } = await import('../../../work/evaluation/evaluation-folder.ts');
  const { recordedRoads } = await import('../../../work/evaluation/recorded-roads.ts');
  const { openDriver } = await import('../../../work/drivers/open-driver.ts');
  const { verifyEvaluation } = await import('../../../../evaluation/verify/verify-evaluation.ts');

  const { evaluation, path } = await openEvaluation(file);
  const roads = await recordedRoads(evaluation, path, options.roads);
  for (const note of rescoredNotes(evaluation)) output.warn(note);
  const progress = output.progress({ label: `${printable(evaluation.suite)} again`, total: 100, unit: '%' });
  const verification = await verifyEvaluation({
    evaluation,
    path,
    roads,
    open: (reference, backend) => openDriver(reference, { backend }),
    ...(options.model !== undefined && { driver: options.model }),
    ...(options.backend !== undefined && { backend: options.backend }),
    parallel: options.parallel,
    signal,
    onOpened: (machine) => warn(machine, output),
    onProgress: ({ completed, simulatedSeconds }) =>
      progress.update(Math.floor(completed * 100), `${simulatedSeconds.toFixed(0)} s driven`),
  });
  progress.finish();
  output.result(verification, () => print(verification, evaluation, output));
  if (!verification.same) {
    context.failRequirement(failureOf(verification));
  }
}

function failureOf(verification: Verification): string {
  const { episodes, summary } = verification;
  const different = episodes.filter(({ same }) => !same).length;
  if (different > 0) return `${different} of ${episodes.length} episodes differ${becauseOf(verification)}`;
  const scores = episodes.filter((episode) => episode.scores.length > 0).length;
  if (scores > 0) return `scores of ${scores} of ${episodes.length} episodes are not those of the drives`;
  return `the scores of the suite are not those of the drives: ${summary.map(inWords).join(', ')}`;
}

/** e.g. `autonomy 100 recorded, 0 driven`. */
function inWords({ metric, recorded, now }: ScoreDifference): string {
  return `${metric} ${recorded} recorded, ${now ?? 'none'} driven`;
}

/** Says before the drive what may make it differ. */
function warn(
  { backend, adapter, weights }: Pick<Verification, 'backend' | 'adapter' | 'weights'>,
  output: Output,
): void {
  const tell = (what: string, { recorded, now }: ThenAndNow) =>
    output.warn(`${what} was ${recorded} when this was recorded, and is ${now} now: the drives may differ for that`);
  if (!backend.same) tell('the backend of the network', backend);
  if (!adapter.same) tell('the adapter that draws', adapter);
  if (weights !== null && !weights.same) output.warn('the model’s files have changed since: this is another driver');
}

function becauseOf({ backend, adapter, weights }: Verification): string {
  const changed = [
    weights?.same === false && 'the model',
    !backend.same && 'the backend',
    !adapter.same && 'the adapter',
  ].filter((what) => what !== false);
  return changed.length === 0 ? '' : `; not as recorded: ${changed.join(', ')}`;
}

function print({ episodes, same }: Verification, evaluation: Evaluation, output: Output): void {
  output.table({
    head: ['episode', 'seed', 'seconds', 'states', 'scores'],
    rows: episodes.map(({ name, seed, simulatedSeconds, differsInSecond, scores }) => [
      printable(name),
      seed,
      simulatedSeconds.toFixed(2),
      differsInSecond === null
        ? 'the same'
        : `differ from second ${differsInSecond} on (between ${differsInSecond - 1} s and ${differsInSecond} s)`,
      differsInSecond !== null ? '–' : scores.length === 0 ? 'the same' : scores.map(inWords).join(', '),
    ]),
    align: ['left', 'right', 'right', 'left', 'left'],
  });
  output.line();
  if (same) output.line('every episode went through the same states, to the last bit, and has the same scores');
  const unfinished = unfinishedRoutes(evaluation.episodes);
  if (unfinished !== null) output.line(unfinished);
}
