import { BASELINES, REPEAT_AGE } from '../../../models/open-loop/baselines.ts';
import type { HeadScore, RecordedScore } from '../../../models/open-loop/head-score.ts';
import type { OpenLoopMetric } from '../../../models/open-loop/metrics/metric.ts';
import { OPEN_LOOP_METRICS } from '../../../models/open-loop/metrics/registry.ts';
import type { OpenLoopReport } from '../../../models/open-loop/open-loop.ts';
import type { BaselineScore, OpenLoopScore } from '../../../models/open-loop/open-loop-score.ts';
import { OUTPUT_UNITS, type OutputName } from '../../../models/spec.ts';
import type { Output } from '../../machine/terminal/output.ts';

const METRICS: readonly OpenLoopMetric[] = OPEN_LOOP_METRICS;
const OF_BASELINES = METRICS.filter(({ ofBaselines }) => ofBaselines);

/** Everything about one head: its errors beside those of the baselines, then its manners. @param who e.g. `the model` */
export function printHeadScore(score: HeadScore, who: string, output: Output): void {
  printErrors(score, who, output);
  output.line();
  output.table({
    head: ['measure', 'value', ''],
    rows: METRICS.filter((metric) => !metric.ofBaselines && scoreOf(metric, score) !== null).map((metric) => [
      metric.name,
      text(metric, score),
      metric.remark?.(scoreOf(metric, score)!) ?? '',
    ]),
    align: ['left', 'right', 'left'],
  });
  if (score.recorded) printRecorded(score.recorded, who, output);
  // What is smoothed knows the future: only what was recorded can be repeated fairly.
  warnOfRepetition(score.recorded ?? score, output);
}

/** What came of a test, a row a head. */
export function printOpenLoop(report: OpenLoopReport, output: Output): void {
  const cell = (score: BaselineScore | null) =>
    score === null ? '-' : `${score.rmse.toFixed(4)} / ${score.mae.toFixed(4)}`;
  const rows = Object.entries(report).map(([head, score]) => [
    `${head} [${OUTPUT_UNITS[head as OutputName]}]`,
    cell(score),
    ...BASELINES.map(({ key }) => cell(score.baselines[key])),
    score.correlation?.toFixed(3) ?? '-',
  ]);
  output.table({
    head: ['head: RMSE / MAE', 'the model', ...BASELINES.map(({ name }) => name), 'r'],
    rows,
    align: ['left', ...rows[0]!.slice(1).map(() => 'right' as const)],
  });
  const { recorded } = report.steeringAngle ?? {};
  if (recorded) output.line(recordedInWords(recorded));
}

/** What the score against the recorded pulses means. */
export function recordedInWords({ rmse, floor, baselines }: RecordedScore): string {
  const rad = (value: number) => value.toFixed(4);
  return (
    'The steering was recorded in pulses: the figures above, and what is said of them, are against the steering smoothed over ' +
    'time, whatever was taught, so that any two models can be compared. Against the ' +
    `pulses themselves the RMSE is ${rad(rmse)} (always the mean ${rad(baselines.mean.rmse)}), where the smoothed steering ` +
    `itself has ${rad(floor.rmse)}: no picture tells when a key is pressed.`
  );
}

function printErrors(score: OpenLoopScore, who: string, output: Output): void {
  const shown = OF_BASELINES.filter((metric) => scoreOf(metric, score) !== null || metric.key === 'correlation');
  const row = (name: string, of: BaselineScore) => [name, ...shown.map((metric) => text(metric, of))];
  output.table({
    head: ['predictor', ...shown.map(({ name }) => name)],
    rows: [
      row(who, score),
      ...BASELINES.flatMap(({ key, name }) => {
        const baseline = score.baselines[key];
        return baseline === null ? [] : [row(name, baseline)];
      }),
    ],
    align: ['left', ...shown.map(() => 'right' as const)],
  });
}

function printRecorded(recorded: RecordedScore, who: string, output: Output): void {
  output.line();
  output.line(recordedInWords(recorded));
  output.line();
  output.line('Against the steering as it was recorded:');
  printErrors(recorded, who, output);
}

function warnOfRepetition({ rmse, baselines }: OpenLoopScore, output: Output): void {
  if (baselines.repeat === null || baselines.repeat.rmse > rmse) return;
  output.line();
  output.line(
    output.colours.yellow(`Repeating the truth of ${REPEAT_AGE} s ago, without any image, scores as well or better.`),
  );
}

function scoreOf({ key }: OpenLoopMetric, scores: object): NonNullable<unknown> | null {
  return (scores as Readonly<Record<string, NonNullable<unknown> | null | undefined>>)[key] ?? null;
}

function text(metric: OpenLoopMetric, scores: object): string {
  const value = scoreOf(metric, scores);
  return value === null ? '-' : metric.format(value);
}
