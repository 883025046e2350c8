import type { Comparison } from '../../../evaluation/compare/compare-evaluations.ts';
import { episodeName } from '../../../evaluation/episode-key.ts';
import type { EpisodeResult, Evaluation } from '../../../evaluation/files/evaluation.ts';
import { autonomy } from '../../../evaluation/metrics/autonomy.ts';
import { METRICS } from '../../../evaluation/metrics/registry.ts';
import { formatScore, type Metrics, metricsIn, scoreText } from '../../../evaluation/metrics/scores.ts';
import { unfinishedRoutes } from '../../../evaluation/unfinished.ts';
import type { Output } from '../../machine/terminal/output.ts';
import { printable } from '../../machine/terminal/printable.ts';

/** The scores of an evaluation: a row an episode, and what they come to. */
export function printEvaluation({ episodes, summary }: Evaluation, output: Output, metrics: Metrics = METRICS): void {
  const shown = metricsIn('wide', metrics);
  output.table({
    head: ['episode', ...shown.map(({ name }) => name)],
    rows: episodes.map((episode) => [
      printable(episodeName(episode)),
      ...shown.map((metric) => scoreText(metric, episode)),
    ]),
    align: ['left', ...shown.map(() => 'right' as const)],
  });
  output.line();
  const figures = metricsIn('headline', metrics).map((metric) => `${metric.name} ${scoreText(metric, summary)}`);
  output.line([...figures, `${summary.realTimeFactor.toFixed(1)} × real time`].join(', '));
  const unfinished = unfinishedRoutes(episodes);
  if (unfinished !== null) output.line(unfinished);
}

/** The scores of one drive, a line each. */
export function printEpisode(result: EpisodeResult, output: Output, metrics: Metrics = METRICS): void {
  const lines: [string, string | number][] = [
    ['road', printable(result.track)],
    ['seed', result.seed],
    ...metrics.map((metric): [string, string] => [metric.name, scoreText(metric, result)]),
    ['simulated', `${result.simulatedSeconds.toFixed(2)} s`],
    ['took', `${result.wallSeconds.toFixed(2)} s`],
    ['state hash', result.stateHash],
  ];
  for (const [name, value] of lines) output.line(`  ${name.padEnd(18)}${value}`);
  const unfinished = unfinishedRoutes([result]);
  if (unfinished !== null) output.line(unfinished);
}

/** Two evaluations side by side: a row an episode, and the mean of every metric. */
export function printComparison(
  first: Evaluation,
  second: Evaluation,
  { episodes, means, verdict, caveats }: Comparison,
  output: Output,
  metrics: Metrics = METRICS,
): void {
  for (const caveat of caveats) output.warn(caveat);
  output.line(`A: ${printable(first.model)} on ${printable(first.suite)}`);
  output.line(`B: ${printable(second.model)} on ${printable(second.suite)}`);
  output.line();
  const shown = metricsIn('narrow', metrics);
  output.table({
    head: ['episode', ...shown.flatMap(({ name }) => [`${name} A`, 'B']), ''],
    rows: episodes.map(({ first: a, second: b, same }) => [
      printable(episodeName(a)),
      ...shown.flatMap((metric) => [scoreText(metric, a), scoreText(metric, b)]),
      same ? 'the same drive' : '',
    ]),
    align: ['left', ...shown.flatMap(() => ['right', 'right'] as const), 'left'],
  });
  output.line();
  output.table({
    head: ['mean over the episodes', 'A', 'B', 'A better in', 'B better in'],
    rows: metrics.map((metric) => {
      const mean = means[metric.key]!;
      const better = metric.better === 'none' ? ['', ''] : [mean.firstBetter, mean.secondBetter];
      return [metric.name, formatScore(metric, mean.first), formatScore(metric, mean.second), ...better];
    }),
    align: ['left', 'right', 'right', 'right', 'right'],
  });
  output.line();
  const scores = `autonomy ${autonomy.format(verdict.first)} of A, ${autonomy.format(verdict.second)} of B`;
  output.line(
    `${scores}: ${{ first: 'A is ahead', second: 'B is ahead', neither: 'neither is ahead' }[verdict.ahead]}`,
  );
  for (const [name, side] of [
    ['A', 'first'],
    ['B', 'second'],
  ] as const) {
    const unfinished = unfinishedRoutes(episodes.map((episode) => episode[side]));
    if (unfinished !== null) output.line(`${name}: ${unfinished}`);
  }
}
