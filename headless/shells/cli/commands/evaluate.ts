import path from 'node:path';
import { type Command, Option } from 'commander';
import { REPORT_FILE } from '../../../../evaluation/files/evaluation.ts';
import { autonomy } from '../../../../evaluation/metrics/autonomy.ts';
import type { Suite } from '../../../../evaluation/suites/suite.ts';
import { unfinishedRoutes } from '../../../../evaluation/unfinished.ts';
import type { BackendName } from '../../../../models/backend/open-backend.ts';
import type { Actuation } from '../../../../sim/command.ts';
import { SEED_RANGE } from '../../../../sim/number-range.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import type { Output } from '../../../machine/terminal/output.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { DRIVER_HELP, DRIVER_SYNTAX } from '../driver-option.ts';
import { decimal, integer } from '../options.ts';
import { printEvaluation } from '../score-tables.ts';
import { TRACK_SYNTAX } from '../track-option.ts';
import { backendOption } from '../world-options.ts';

export interface EvaluateCommandOptions {
  readonly suite?: string;
  readonly track?: string;
  readonly seed?: number;
  readonly route?: number;
  readonly out?: string;
  readonly backend: BackendName | 'auto';
  readonly parallel: number;
  readonly actuate?: Actuation;
  readonly cameraDelay?: number;
  readonly blankCamera?: boolean;
  readonly require?: number;
}

export function register(program: Command, context: CommandContext): void {
  program
    .command('evaluate')
    .summary('a model through a suite of episodes')
    .description(
      'Drives every episode of a suite and scores it. With --out the folder holds evaluation.json, report.html, one ' +
        'file with all pictures in it, and each drive tick by tick.',
    )
    .argument('<driver>', `who drives: ${DRIVER_SYNTAX}`)
    .addHelpText('after', DRIVER_HELP)
    .option('--suite <suite>', 'its name, or a suite file (.json); `wheelhouse tracks` lists them')
    .option('--track <id>', `in place of a suite: ${TRACK_SYNTAX}`)
    .option('--seed <n>', 'with --track: seed of the episode (default: 0)', integer(SEED_RANGE))
    .option('--route <m>', 'with --track: distance to drive (default: once round)', decimal({ min: 10, max: 1e6 }))
    .option('--out <folder>', 'where evaluation.json, report.html and the drives go')
    .addOption(backendOption())
    .option('--parallel <n>', 'episodes driven at the same time', integer({ min: 1, max: 64 }), 2)
    .addOption(new Option('--actuate <what>', 'what moves the steering').choices(['angle', 'torque']))
    .option('--camera-delay <s>', 'age of the frames that the model sees', decimal({ min: 0, max: 5 }))
    .option('--blank-camera', 'the model sees black frames: whatever it then scores, it scores without looking')
    .option(
      '--require <percent>',
      'exit with 1 when the autonomy is lower; what was not driven counts as driven by a person',
      decimal({ min: 0, max: 100 }),
    )
    .action((model: string, options: EvaluateCommandOptions) => evaluate(model, options, context));
}

/** What `wheelhouse evaluate` does. @throws Refusal for an unknown suite or a model that is missing or damaged */
export async function evaluate(model: string, options: EvaluateCommandOptions, context: CommandContext): Promise<void> {
  const { output, signal } = context;
  const { openDriver } = await import('../../../work/drivers/open-driver.ts');
  const { evaluateInto } = await import('../../../work/evaluation/evaluate-into.ts');

  const suite = withOptions(await suiteOf(options, output), options);
  const driver = await openDriver(model, { backend: options.backend });
  output.note(`driving with ${printable(driver.name)}; network on ${driver.backend}; frames by ${driver.adapter}`);
  const metres = Math.round(suite.episodes.reduce((sum, { route }) => sum + route, 0));
  const progress = output.progress({ label: suite.name, total: metres, unit: 'm' });
  const { evaluation } = await evaluateInto(options.out, {
    suite,
    driver,
    parallel: options.parallel,
    signal,
    onProgress: ({ completed, simulatedSeconds }) =>
      progress.update(Math.floor(completed * metres), `${simulatedSeconds.toFixed(0)} s driven`),
  });
  progress.finish();

  output.result(evaluation, () => printEvaluation(evaluation, output));
  if (options.out !== undefined) output.line(`report: ${printable(path.join(options.out, REPORT_FILE))}`);
  const { summary, episodes } = evaluation;
  if (options.require !== undefined && summary.autonomy < options.require) {
    const unfinished = unfinishedRoutes(episodes);
    const because = unfinished === null ? '' : `; ${unfinished}`;
    const what = `autonomy is ${autonomy.format(summary.autonomy)}, and ${options.require} % was required`;
    context.failRequirement(`${what}${because}`);
  }
}

/**
 * The suite that is named, or the one road.
 * @throws Refusal for neither or both, and what opening it refuses
 */
async function suiteOf({ suite, track, seed, route }: EvaluateCommandOptions, output: Output): Promise<Suite> {
  if ((suite === undefined) === (track === undefined)) {
    const what = suite === undefined ? 'there is nothing to drive' : 'both a suite and a track are named';
    throw new Refusal('bad-option', '--suite', what, 'give --suite <suite> or --track <id>');
  }
  if (suite !== undefined) {
    const [without] = [seed !== undefined && '--seed', route !== undefined && '--route'].filter(
      (name) => name !== false,
    );
    if (without !== undefined) throw new Refusal('bad-option', without, 'a suite has its own', 'give it with --track');
    const { openSuite } = await import('../../../work/suites/open-suite.ts');
    return openSuite(suite);
  }
  const { suiteOfTrack } = await import('../../../work/suites/track-suite.ts');
  const { notes, ...alone } = await suiteOfTrack(track!, { seed: seed ?? 0, ...(route !== undefined && { route }) });
  for (const note of notes) output.note(`${track}: ${note}`);
  return alone;
}

/** The suite as the person wants it hindered; its name says so, because its scores are no longer the suite's. */
function withOptions(suite: Suite, options: EvaluateCommandOptions): Suite {
  const changes = [
    options.actuate === 'torque' && 'by torque',
    options.cameraDelay !== undefined && `camera delayed by ${options.cameraDelay} s`,
    options.blankCamera && 'camera blanked',
  ].filter((change) => typeof change === 'string');
  if (changes.length === 0) return suite;
  return {
    ...suite,
    name: `${suite.name} (${changes.join(', ')})`,
    episodes: suite.episodes.map((episode) => ({
      ...episode,
      actuation: options.actuate ?? episode.actuation,
      conditions: {
        ...episode.conditions,
        camera: {
          ...episode.conditions.camera,
          delay: options.cameraDelay ?? episode.conditions.camera.delay,
          blank: options.blankCamera ?? episode.conditions.camera.blank,
        },
      },
    })),
  };
}
