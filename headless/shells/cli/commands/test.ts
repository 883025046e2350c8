import type { Command } from 'commander';
import { BASELINES } from '../../../../models/open-loop/baselines.ts';
import { seenInWords } from '../../../../models/open-loop/seen-before.ts';
import type { RecordingTest } from '../../../../models/open-loop/test-recordings.ts';
import { verdictInWords, verdictOn } from '../../../../models/open-loop/verdict.ts';
import { counted } from '../../../../sim/counted.ts';
import type { Output } from '../../../machine/terminal/output.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { Progress } from '../../../machine/terminal/progress.ts';
import type { TestedModel } from '../../../work/open-loop/tested-model.ts';
import type { CommandContext } from '../context.ts';
import { tellLeftOut } from '../left-out.ts';
import { printHeadScore, printOpenLoop } from '../open-loop-tables.ts';
import { integer } from '../options.ts';
import { addReadingOptions, openOptions, type ReadingFlags } from '../reading-options.ts';
import { backendOption } from '../world-options.ts';

interface TestCommandOptions extends ReadingFlags {
  readonly out?: string;
  readonly camera?: string;
  readonly backend: 'auto';
  readonly frameMemory: number;
}

export function register(program: Command, context: CommandContext): void {
  const command = program
    .command('test')
    .summary('test a model on recordings that it has not seen')
    .description(
      'Shows recordings to a model frame by frame, as in driving, and scores what it says beside what was recorded and ' +
        'beside what needs no image: always 0, always the mean, the truth of a while ago. Steering that was recorded in ' +
        'pulses is smoothed first, as in training, and scored as recorded too. With --out the folder gets test.json and a ' +
        'table of the predictions for each recording, which `score` and the player of the app read.',
    )
    .argument('<model>', 'a model folder, or `default`')
    .argument('<recording...>', 'folders or files of recordings; a folder that holds some stands for all of them')
    .option('--out <folder>', 'where the scores and the predictions go')
    .option('--camera <name>', 'camera that the model sees (default: centre, or the only one)')
    .option('--frame-memory <MB>', 'memory for decoded frames', integer({ min: 0, max: 1_000_000 }), 64)
    .addOption(backendOption());
  addReadingOptions(command).action((model: string, recordings: string[], options: TestCommandOptions) =>
    test(model, recordings, options, context),
  );
}

async function test(
  model: string,
  places: readonly string[],
  { out, camera, backend, frameMemory, ...reading }: TestCommandOptions,
  { output, signal }: CommandContext,
): Promise<void> {
  const { testModel } = await import('../../../work/open-loop/test-model.ts');
  const { predictionFiles, testDocument } = await import('../../../../models/open-loop/files/test-document.ts');
  let progress: Progress | undefined;
  let cut = 0;
  const tested = await testModel({
    model,
    recordings: places,
    reading: openOptions(reading),
    backend,
    camera,
    frameMemory: frameMemory * 1024 * 1024,
    out,
    signal,
    onOpened(recordings, name) {
      cut = tellLeftOut(recordings, output);
      const samples = recordings.reduce((sum, { length }) => sum + length, 0);
      output.note(
        `${counted(samples, 'sample')} of ${counted(recordings.length, 'recording')}; ${printable(model)} on ${name}`,
      );
    },
    onProgress(frames, total) {
      progress ??= output.progress({ label: 'test', total, unit: 'frames' });
      progress.update(frames);
    },
  }).finally(() => progress?.abandon());
  warn(tested, output);
  const files = out === undefined ? [] : predictionFiles(tested);
  const { ownRate, backend: used } = tested;
  const steering = tested.overall?.steeringAngle;
  const verdict = steering === undefined ? null : verdictOn(steering);
  const document = { model, backend: used, ownRate, cut, out: out ?? null, verdict, ...testDocument(tested, files) };
  output.result(document, () => print(tested, model, out, output));
}

/** What takes away from the worth of the scores. */
function warn({ tests, ownRate }: TestedModel, output: Output): void {
  for (const { recording, seen, doubts } of tests) {
    for (const line of [seenInWords(seen), ...doubts]) if (line) output.warn(`${recording.metadata.name}: ${line}`);
  }
  if (tests.some(({ seen }) => seen === 'unknown')) {
    output.note('The model does not say what it was trained on: whether it knows these recordings is for you to tell.');
  }
  for (const { recording, rate } of tests) {
    if (rate >= ownRate / 1.1) continue;
    const words = `it has ${rate.toFixed(1)} frames a second, and the model was trained on ${ownRate.toFixed(1)}`;
    output.warn(`${recording.metadata.name}: ${words}: to a network that remembers, the road goes by faster`);
  }
}

function print({ tests, overall, stopped }: TestedModel, model: string, out: string | undefined, output: Output): void {
  if (stopped) output.line(`stopped after ${counted(tests.length, 'recording')}`);
  if (overall === undefined) return;
  if (tests.length > 1) printRecordings(tests, output);
  output.line(
    `${printable(model)} on ${tests.length === 1 ? printable(tests[0]!.recording.metadata.name) : 'all of them'}:`,
  );
  output.line();
  const { steeringAngle, ...others } = overall;
  if (steeringAngle) {
    output.line(`steering-wheel angle [rad], ${steeringAngle.frames} frames`);
    printHeadScore(steeringAngle, 'the model', output);
    output.line();
    output.line(verdictInWords(steeringAngle));
  }
  if (Object.keys(others).length > 0) {
    output.line();
    printOpenLoop(others, output);
  }
  if (out !== undefined) output.line(`\nscores and predictions: ${printable(out)}`);
}

function printRecordings(tests: readonly RecordingTest[], output: Output): void {
  const rmse = (score: { readonly rmse: number } | null) => score?.rmse.toFixed(4) ?? '-';
  output.table({
    head: [
      'recording: RMSE [rad]',
      'frames',
      'Hz',
      'the model',
      ...BASELINES.map(({ name }) => name),
      'r',
      'as recorded',
    ],
    rows: tests.map(({ recording, report }) => {
      const score = report.steeringAngle!;
      return [
        printable(recording.metadata.name),
        score.frames,
        score.rate.toFixed(1),
        rmse(score),
        ...BASELINES.map(({ key }) => rmse(score.baselines[key])),
        score.correlation?.toFixed(3) ?? '-',
        rmse(score.recorded ?? null),
      ];
    }),
    align: ['left', ...Array.from({ length: 5 + BASELINES.length }, () => 'right' as const)],
  });
  output.line();
}
